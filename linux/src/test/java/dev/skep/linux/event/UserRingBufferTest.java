package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.MapMemory;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsBpf
class UserRingBufferTest {
    private static final int SIZE = 4096;

    private final LinuxMap map = NewMaps.create(MapType.USER_RINGBUF, 0, 0, SIZE);
    private final UserRingBuffer commands = UserRingBuffer.open(map);

    @AfterEach
    void close() {
        commands.close();
        map.close();
    }

    @Test
    void isFullWhenNothingReads() {
        assertThat(commands.await(Duration.ofMillis(10))).isTrue();
        for (int i = 0; i < SIZE / 16; i++) {
            assertThat(commands.send(new byte[8])).isTrue();
        }
        assertThat(commands.send(new byte[8])).isFalse();
        assertThat(commands.reserve(8)).isEqualTo(UserRingBuffer.FULL);
        assertThat(commands.pending()).isEqualTo(SIZE);
        assertThat(commands.await(Duration.ofMillis(10))).isFalse();
    }

    @Test
    void recordsThatCouldNeverFitAreRefused() {
        assertThatThrownBy(() -> commands.reserve(SIZE)).hasMessageContaining("has 4096 bytes");
        try (LinuxMap other = NewMaps.create(MapType.RINGBUF, 0, 0, SIZE)) {
            assertThatThrownBy(() -> UserRingBuffer.open(other)).hasMessageContaining("is no user ring buffer");
        }
    }

    @Test
    void programsReadWhatWasSubmittedAndMakeRoom() throws IOException {
        Path file = Path.of("src/test/c/commands.bpf.o");
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = host.load(ObjectReader.read(Files.readAllBytes(file), file.toString()));
                UserRingBuffer ring = UserRingBuffer.open(loaded.map("commands").orElseThrow());
                MapMemory globals = loaded.map(".bss").orElseThrow().memory(false)) {
            LinuxProgram drain = loaded.program("drain").orElseThrow();
            long expected = 0;
            for (int round = 0; round < 100; round++) { // several times around the ring
                for (int i = 1; i <= 20; i++) {
                    long at = ring.reserve(8);
                    ring.memory().set(ValueLayout.JAVA_LONG, at, i);
                    if (i % 4 == 0) {
                        ring.discard(at);
                    } else {
                        ring.submit(at);
                        expected += i;
                    }
                }
                assertThat(drain.testRun(TestRunOptions.packet(new byte[64])).returnValue())
                        .isEqualTo(15);
                assertThat(ring.pending()).isZero();
            }
            assertThat(globals.all().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(expected);
        }
    }

    @Test
    void headersSayWhetherARecordIsReadyOrGivenUp() {
        long first = commands.reserve(8);
        long second = commands.reserve(8);
        assertThat(second).isEqualTo(first + 16);
        assertThat(header(first)).isEqualTo(8 | RingLayout.BUSY);
        commands.memory().set(ValueLayout.JAVA_LONG, first, 42);
        commands.submit(first);
        commands.discard(second);
        assertThat(header(first)).isEqualTo(8);
        assertThat(header(second)).isEqualTo(8 | RingLayout.DISCARDED);
        assertThat(commands.memory().get(ValueLayout.JAVA_LONG, first)).isEqualTo(42);
    }

    private int header(long offset) {
        return commands.memory().get(ValueLayout.JAVA_INT, offset - RingLayout.HEADER_SIZE);
    }
}

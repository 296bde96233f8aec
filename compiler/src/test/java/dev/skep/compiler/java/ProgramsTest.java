package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.java.samples.Flows;
import dev.skep.compiler.java.samples.ProtocolCounter;
import dev.skep.compiler.java.samples.Scheduling;
import dev.skep.compiler.java.samples.Sockets;
import dev.skep.compiler.java.samples.Tracing;
import dev.skep.compiler.java.samples.Traffic;
import dev.skep.engine.EngineHost;
import dev.skep.lang.context.XdpAction;
import dev.skep.object.BpfObject;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole programs in Java, compiled, verified and run in the engine. */
class ProgramsTest {
    private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");

    private final EngineHost engine = EngineHost.open();

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] udpPacket(int port, int length, int timeToLive) {
        return ByteBuffer.allocate(Math.max(length, 42))
                .putShort(12, (short) 0x0800)
                .put(14, (byte) 0x45)
                .putShort(16, (short) length)
                .put(22, (byte) timeToLive)
                .put(23, (byte) 17)
                .putInt(26, 0x0a000001)
                .putInt(30, 0x0a000002)
                .putShort(36, (short) port)
                .array();
    }

    private static long run(LoadedObject object, String program, byte[] packet) {
        return object.program(program)
                .orElseThrow()
                .run(Program.Input.packet(packet))
                .returnValue();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    @Test
    void packetsAreCountedByProtocol() {
        try (LoadedObject object = engine.load(Compiling.compile(ProtocolCounter.class))) {
            for (int i = 0; i < 3; i++) {
                assertThat(run(object, "count", udpPacket(53, 100, 64))).isEqualTo(XdpAction.XDP_PASS);
            }
            assertThat(run(object, "count", new byte[20])).isEqualTo(XdpAction.XDP_PASS);
            BpfMap packets = object.map("packets").orElseThrow();
            assertThat(packets.lookup(number(17))
                            .map(bytes -> littleEndian(bytes).getLong()))
                    .isEqualTo(Optional.of(3L));
            assertThat(packets.lookup(number(6))).isEmpty();
        }
    }

    @Test
    void flowsHaveKeysAndCountersThatAreStructs() {
        try (LoadedObject object = engine.load(Compiling.compile(Flows.class))) {
            run(object, "watch", udpPacket(53, 100, 64));
            run(object, "watch", udpPacket(53, 700, 200));
            byte[] key = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0x0a000001)
                    .putInt(0x0a000002)
                    .put(new byte[] {0, 53})
                    .array();
            ByteBuffer counter =
                    littleEndian(object.map("flows").orElseThrow().lookup(key).orElseThrow());
            assertThat(counter.getLong()).as("packets").isEqualTo(2);
            assertThat(counter.getLong()).as("bytes").isEqualTo(800);
            assertThat(counter.get()).as("time to live").isEqualTo((byte) 200);
            assertThat(counter.getShort(20)).as("from 100 bytes on").isEqualTo((short) 1);
            assertThat(counter.getShort(24)).as("from 300 bytes on").isEqualTo((short) 1);
        }
    }

    @Test
    void whatIsConfiguredDecidesAndGlobalsKeepCount() {
        try (LoadedObject object = engine.load(Compiling.compile(Flows.class))) {
            assertThat(run(object, "watch", udpPacket(9, 100, 64))).isEqualTo(XdpAction.XDP_DROP);
            assertThat(run(object, "watch", udpPacket(10, 100, 64))).isEqualTo(XdpAction.XDP_PASS);
            assertThat(littleEndian(object.map(".bss")
                                    .orElseThrow()
                                    .lookup(number(0))
                                    .orElseThrow())
                            .getLong())
                    .isEqualTo(1);
            assertThat(littleEndian(object.map("totals")
                                    .orElseThrow()
                                    .lookup(number(0))
                                    .orElseThrow())
                            .getLong())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Tracing.class, Traffic.class, Sockets.class})
    void programsOfManyKindsAreAccepted(Class<?> type) {
        BpfObject object = Compiling.compile(type);
        assertThat(object.programs()).hasSizeGreaterThan(4).noneMatch(p -> p.type() == ProgramType.UNSPEC);
    }

    @Test
    @EnabledIf(value = "kernelHasTypes", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
    void structuresOfTheKernelAreReadWhereTheyLie() throws IOException {
        Btf types = Btf.read(Files.readAllBytes(KERNEL_TYPES), Location.in(KERNEL_TYPES.toString()));
        BpfObject object =
                Compiling.compile(Scheduling.class, KernelModel.newest().withTypes(types));
        assertThat(object.programs()).extracting(ProgramSpec::name).containsExactly("typed", "untyped", "current");
        assertThat(object.functions())
                .allSatisfy(function -> assertThat(function.coreRelocations()).isNotEmpty());
    }

    static boolean kernelHasTypes() {
        return Files.isReadable(KERNEL_TYPES);
    }
}

package dev.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing an engine while it is used ends nobody but those who go on using it, and them with an exception. */
class EngineCloseTest {
    private static final Program.Input PACKET = Program.Input.packet(new byte[64]);

    private static final String BUSY = """
            .map count hash key=4 value=8 entries=16
            .program busy xdp
                    r6 = 0
            again:  *(u32 *)(r10 - 4) = r6
                    *(u64 *)(r10 - 16) = r6
                    r2 = r10
                    r2 += -4
                    r3 = r10
                    r3 += -16
                    r4 = 0
                    r1 = count ll
                    call bpf_map_update_elem
                    r2 = r10
                    r2 += -4
                    r1 = count ll
                    call bpf_map_lookup_elem
                    if r0 == 0 goto next
                    r1 = *(u64 *)(r0 + 0)
            next:   r6 += 1
                    if r6 < 2000 goto again
                    r0 = 2
                    exit
            """;

    private static EngineProgram busy(EngineHost host) {
        return host.load(Assembler.object("busy.s", BUSY)).program("busy").orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Backend.class)
    void closingWaitsForRunsAndEndsWhoGoesOn(EngineOptions.Backend backend) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 20; round++) {
                EngineHost host = EngineHost.open(
                        EngineOptions.defaults().withBackend(backend).withCpus(3));
                EngineProgram program = busy(host);
                CountDownLatch running = new CountDownLatch(4);
                List<Future<?>> users = new ArrayList<>();
                for (int user = 0; user < 4; user++) {
                    boolean oneByOne = user % 2 == 0;
                    users.add(threads.submit(() -> runUntilRefused(program, oneByOne, running)));
                }
                running.await();
                host.close();
                for (Future<?> user : users) {
                    user.get();
                }
            }
        }
    }

    private static void runUntilRefused(EngineProgram program, boolean oneByOne, CountDownLatch running) {
        byte[] packet = new byte[64];
        PacketRunner runner = program.openRunner();
        boolean told = false;
        while (true) {
            try {
                long verdict = oneByOne
                        ? runner.run(packet, 0, packet.length)
                        : program.run(PACKET).returnValue();
                assertThat(verdict).isEqualTo(2);
            } catch (HostException e) {
                assertThat(e.errno()).isEqualTo(Errno.EBADF);
                return;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageMatching("(?i).*closed.*");
                return;
            } finally {
                if (!told) {
                    told = true;
                    running.countDown();
                }
            }
        }
    }

    @Test
    void aClosedEngineRefusesWhatIsAskedOfIt() {
        EngineHost host = EngineHost.open();
        EngineProgram program = busy(host);
        PacketRunner runner = program.openRunner();
        MapSpec spec = MapSpec.of("late", MapType.HASH, 4, 8, 10);
        host.close();
        host.close();
        assertThatThrownBy(() -> runner.run(new byte[64], 0, 64))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("EBADF")
                .hasMessageContaining("running a program of an engine that is closed");
        assertThatThrownBy(() -> program.run(PACKET)).hasMessageContaining("closed");
        assertThatThrownBy(() -> host.createMap(spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the engine is closed");
    }

    @Test
    void anEngineIsNotClosedFromWithinARun() {
        List<String> refusals = new ArrayList<>();
        EngineHost[] host = new EngineHost[1];
        EngineOptions options = EngineOptions.defaults().withTrace(line -> {
            try {
                host[0].close();
            } catch (HostException e) {
                refusals.add(e.getMessage());
            }
        });
        String source = """
                .license "GPL"
                .program prints xdp
                        *(u32 *)(r10 - 4) = 0x6968
                        r1 = r10
                        r1 += -4
                        r2 = 3
                        call bpf_trace_printk
                        r0 = 2
                        exit
                """;
        host[0] = EngineHost.open(options);
        try (EngineHost open = host[0]) {
            EngineProgram prints =
                    open.load(Assembler.object("p.s", source)).program("prints").orElseThrow();
            assertThat(prints.run(PACKET).returnValue()).isEqualTo(2);
            assertThat(refusals).hasSize(1).first().asString().contains("EDEADLOCK", "closing an engine");
            assertThat(prints.run(PACKET).returnValue()).isEqualTo(2);
        }
    }
}

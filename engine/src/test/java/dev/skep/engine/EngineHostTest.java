package dev.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.context.Redirect;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineHostTest {
    private static final EngineOptions CHECKED =
            EngineOptions.defaults().withChecked(true).withSeed(1);
    private static final Path CORPUS = Path.of("../object/src/test/c/corpus");

    private static EngineObject corpus(EngineHost host, String file) throws IOException {
        return host.load(ObjectReader.read(Files.readAllBytes(CORPUS.resolve(file)), file));
    }

    private static EngineObject assembled(EngineHost host, String text) {
        return host.load(Assembler.object("test.s", text));
    }

    private static long run(EngineObject object, String program, int packetLength) {
        Program.Input input = Program.Input.packet(new byte[packetLength]);
        return object.program(program).orElseThrow().run(input).returnValue();
    }

    private static byte[] key(int index) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(index)
                .array();
    }

    private static long number(EngineMap map, int index) {
        byte[] value = map.lookup(key(index)).orElseThrow();
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** Objects that clang compiled, and what their source says they return. The kernel does not load all of them either. */
    @ParameterizedTest
    @CsvSource({
        "callbacks.o, loops, 200, 84",
        "callbacks.o, sums, 14, 2",
        "tail_calls.o, left, 14, 1",
        "tail_calls.o, entry, 14, 1",
        "program_call.o, program, 14, 70",
        "subprograms.o, also_from_tc, 200, 18",
        "cpu_v4.o, computes, 8, 1"
    })
    void compiledProgramsReturnWhatTheirSourceSays(String file, String program, int length, long expected)
            throws IOException {
        for (EngineOptions.Backend backend : EngineOptions.Backend.values()) {
            for (boolean checked : new boolean[] {true, false}) {
                try (EngineHost host = EngineHost.open(CHECKED.withBackend(backend)
                                .withChecked(checked)
                                .withTrustedPrograms(true));
                        EngineObject object = corpus(host, file)) {
                    assertThat(run(object, program, length)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aTailCallGoesToTheProgramInTheSlot() throws IOException {
        try (EngineHost host = EngineHost.open(CHECKED);
                EngineObject object = corpus(host, "tail_calls.o")) {
            EngineProgram entry = object.program("entry").orElseThrow();
            // mark is at offset 8 of __sk_buff.
            byte[] context = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(8, 2)
                    .array();
            Program.Input marked = new Program.Input(Bytes.zeros(14), Bytes.of(context));
            assertThat(entry.run(marked).returnValue()).isEqualTo(2);
            assertThat(object.map("jumps").orElseThrow().delete(key(2))).isTrue();
            assertThat(entry.run(marked).returnValue()).isZero();
        }
    }

    @Test
    void aChainOfTailCallsEndsAfter33() {
        String source = """
                .map jumps prog_array key=4 value=4 entries=1
                .map count array key=4 value=8 entries=1
                .program again xdp
                        r6 = r1
                        r1 = count[0] ll
                        r2 = 1
                        lock *(u64 *)(r1 + 0) += r2
                        r1 = r6
                        r2 = jumps ll
                        r3 = 0
                        call bpf_tail_call
                        r0 = 7
                        exit
                """;
        try (EngineHost host = EngineHost.open(CHECKED);
                EngineObject object = assembled(host, source)) {
            EngineProgram again = object.program("again").orElseThrow();
            object.map("jumps").orElseThrow().update(key(0), key(again.id()));
            assertThat(run(object, "again", 14)).isEqualTo(7);
            assertThat(number(object.map("count").orElseThrow(), 0)).isEqualTo(34);
        }
    }

    @Test
    void callbacksCountAgainstTheBudget() {
        String source = """
                .program loops xdp
                        r1 = 1000000
                        r2 = body ll
                        r3 = 0
                        r4 = 0
                        call bpf_loop
                        exit
                .function body
                        r0 = 0
                        exit
                """;
        try (EngineHost host = EngineHost.open(CHECKED.withInstructionBudget(10_000));
                EngineObject object = assembled(host, source)) {
            assertThatThrownBy(() -> run(object, "loops", 14))
                    .isInstanceOf(TrapException.class)
                    .hasMessageContaining("ran 10000 instructions without ending");
        }
    }

    @Test
    void kernelConfigurationIsWhatTheOptionsSay() throws IOException {
        Map<String, String> values = Map.of(
                "CONFIG_BPF_SYSCALL", "y",
                "CONFIG_HZ", "250",
                "CONFIG_DEFAULT_HOSTNAME", "\"abc\"",
                "CONFIG_ILLEGAL_POINTER_VALUE", "0xdead000000000000",
                "CONFIG_BINFMT_MISC", "m");
        try (EngineHost host = EngineHost.open(CHECKED.withKernelConfig(values));
                EngineObject object = corpus(host, "kconfig.o")) {
            assertThat(run(object, "configured", 8)).isEqualTo(250 + 'b' + 0xd + 'm');
        }
        try (EngineHost host = EngineHost.open(CHECKED)) {
            assertThatThrownBy(() -> corpus(host, "kconfig.o"))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching(".*CONFIG_(BPF_SYSCALL|HZ) is not set.*__weak.*");
        }
        try (EngineHost host = EngineHost.open(
                CHECKED.withKernelConfig(Map.of("CONFIG_BPF_SYSCALL", "y", "CONFIG_HZ", "5000000000")))) {
            assertThatThrownBy(() -> corpus(host, "kconfig.o"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("CONFIG_HZ=5000000000 does not fit");
        }
    }

    @ParameterizedTest
    @CsvSource({"ksyms.o, bpf_prog_fops", "exceptions.o, bpf_throw", "typed_ksyms.o, bpf_prog_active"})
    void whatTheKernelWouldHaveToProvideIsNamed(String file, String symbol) {
        try (EngineHost host = EngineHost.open(CHECKED)) {
            assertThatThrownBy(() -> corpus(host, file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("needs the kernel's " + symbol);
        }
    }

    @Test
    void aHelperThatIsNotThereIsNamedAtLoad() {
        try (EngineHost host = EngineHost.open(CHECKED)) {
            assertThatThrownBy(() -> assembled(host, ".program p xdp\n call bpf_get_stack\n exit\n"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("p: instruction 0 (test.s:2")
                    .hasMessageContaining("calls bpf_get_stack (67), which the engine does not have");
            assertThatThrownBy(() -> assembled(host, ".program p tc\n call bpf_xdp_adjust_head\n exit\n"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("which programs of type SCHED_CLS cannot call");
        }
    }

    @Test
    void aFailedLoadLeavesNothingBehind() {
        String source = ".map big array key=4 value=8 entries=1000000\n.program p xdp\n call bpf_get_stack\n exit\n";
        try (EngineHost host = EngineHost.open(CHECKED)) {
            for (int i = 0; i < 1000; i++) {
                assertThatThrownBy(() -> assembled(host, source)).isInstanceOf(InputException.class);
            }
        }
    }

    @Test
    void aChangedPacketComesOutChanged() {
        String source = """
                .program shrinks xdp
                        r6 = r1
                        r2 = 4
                        call bpf_xdp_adjust_head
                        r1 = *(u32 *)(r6 + 0)
                        *(u8 *)(r1 + 0) = 0xaa
                        r1 = 5
                        r2 = 0
                        call bpf_redirect
                        exit
                """;
        try (EngineHost host = EngineHost.open(CHECKED);
                EngineObject object = assembled(host, source);
                PacketRunner runner = object.program("shrinks").orElseThrow().openRunner()) {
            byte[] packet = new byte[64];
            assertThat(runner.run(packet, 0, 60)).isEqualTo(4);
            assertThat(runner.packetLength()).isEqualTo(56);
            byte[] out = new byte[60];
            runner.copyPacket(out, 4);
            assertThat(out).startsWith(0, 0, 0, 0, 0xaa, 0);
            assertThat(runner.redirect()).contains(new Redirect.ToInterface(5, 0));
            assertThat(packet).containsOnly(0);
            Program.Outcome outcome = object.program("shrinks").orElseThrow().run(Program.Input.packet(packet));
            assertThat(outcome.data().length()).isEqualTo(60);
        }
    }

    @Test
    void theOutcomeOfARunNamesContextAndMemory() {
        try (EngineHost host = EngineHost.open(CHECKED)) {
            EngineProgram raw =
                    host.loadRaw("raw", Assembler.instructions("raw", "*(u8 *)(r1 + 1) = 9\nr0 = r2\nexit"));
            Program.Outcome outcome = raw.run(Program.Input.packet(new byte[] {1, 2, 3}));
            assertThat(outcome.returnValue()).isEqualTo(3);
            assertThat(outcome.data()).isEqualTo(Bytes.of(new byte[] {1, 9, 3}));
            outcome = raw.run(new Program.Input(Bytes.EMPTY, Bytes.of(new byte[] {4, 5})));
            assertThat(outcome.context()).isEqualTo(Bytes.of(new byte[] {4, 9}));
            assertThatThrownBy(raw::openRunner)
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("ENOTSUPP");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void programsRunAtTheSameTimeOnSharedMaps(int cpus) throws InterruptedException {
        String source = """
                .map count array key=4 value=8 entries=1
                .program counts xdp
                        r1 = count[0] ll
                        r2 = 1
                        lock *(u64 *)(r1 + 0) += r2
                        r0 = 2
                        exit
                """;
        try (EngineHost host = EngineHost.open(CHECKED.withCpus(cpus));
                EngineObject object = assembled(host, source)) {
            EngineProgram counts = object.program("counts").orElseThrow();
            List<Thread> threads = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try (PacketRunner runner = counts.openRunner()) {
                        start.await();
                        for (int i = 0; i < 2000; i++) {
                            runner.run(new byte[20], 0, 20);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(number(object.map("count").orElseThrow(), 0)).isEqualTo(8000);
        }
    }

    @Test
    void runningFromWithinARunIsRefusedRatherThanHanging() {
        List<String> refusals = new ArrayList<>();
        EngineProgram[] program = new EngineProgram[1];
        EngineOptions options = CHECKED.withTrace(line -> {
            try {
                program[0].run(Program.Input.packet(new byte[14]));
            } catch (HostException e) {
                refusals.add(e.getMessage());
            }
        });
        String source = """
                .program prints xdp
                        *(u32 *)(r10 - 4) = 0x6968
                        r1 = r10
                        r1 += -4
                        r2 = 3
                        call bpf_trace_printk
                        r0 = 2
                        exit
                """;
        try (EngineHost host = EngineHost.open(options);
                EngineObject object = assembled(host, source)) {
            program[0] = object.program("prints").orElseThrow();
            assertThat(run(object, "prints", 14)).isEqualTo(2);
            assertThat(refusals).hasSize(1).first().asString().contains("EDEADLOCK");
        }
    }

    /** A ring buffer keeps one byte of its size free, and a record has a header of 8. */
    @ParameterizedTest
    @CsvSource({"1, 4096", "4096, 4096", "4097, 8192", "10000, 16384"})
    void ringBuffersAreRoundedUpToAPowerOfTwoOfPagesAsLibbpfDoes(int declared, int size) {
        String program = """
                .license "GPL"
                .map ring BPF_MAP_TYPE_RINGBUF entries=%d
                .program query xdp
                r1 = ring ll
                r2 = 1
                call bpf_ringbuf_query
                exit
                """.formatted(declared);
        try (EngineHost host = EngineHost.open(CHECKED)) {
            assertThat(run(assembled(host, program), "query", 64)).isEqualTo(size);
        }
    }

    @Test
    void mapsPinnedByNameAreShared() {
        String source = ".map shared array key=4 value=8 entries=1 pin\n.program p xdp\n r0 = 1\n exit\n";
        try (EngineHost host = EngineHost.open(CHECKED)) {
            try (EngineObject first = assembled(host, source)) {
                first.map("shared").orElseThrow().update(key(0), new byte[] {5, 0, 0, 0, 0, 0, 0, 0});
            }
            try (EngineObject second = assembled(host, source)) {
                assertThat(number(second.map("shared").orElseThrow(), 0)).isEqualTo(5);
            }
            assertThatThrownBy(() -> assembled(host, source.replace("entries=1", "entries=2")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another map is pinned by this name");
        }
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Backend.class)
    void aPacketCostsNoAllocation(EngineOptions.Backend backend) throws IOException {
        byte[] firewall = Files.readAllBytes(Path.of("../examples/xdp-firewall/firewall.o"));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withBackend(backend));
                EngineObject object = host.load(ObjectReader.read(firewall, "firewall"));
                PacketRunner runner = object.programs().getFirst().openRunner()) {
            byte[] packet = new byte[60];
            packet[12] = 8;
            packet[14] = 0x45;
            for (int i = 0; i < 2000; i++) {
                runner.run(packet, 0, 60);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                runner.run(packet, 0, 60);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated / 10_000).as("bytes a packet").isLessThan(8);
        }
    }
}

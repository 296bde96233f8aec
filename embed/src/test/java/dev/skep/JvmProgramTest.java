package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.jvm.JvmPrograms;
import dev.skep.lang.BigEndian;
import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Log;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.ProgramArray;
import dev.skep.lang.map.Queue;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;
import dev.skep.object.Bytes;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Java in the place of instructions, on the maps of objects in assembly. */
class JvmProgramTest {
    static final class Key extends Struct {
        int address;

        @BigEndian
        @Unsigned
        short port;

        @Unsigned
        byte protocol;
    }

    static final class Sample extends Struct {
        @Length(4)
        @Unsigned
        byte[] bytes;

        @BigEndian
        @Length(2)
        short[] shorts;

        Key key;
        char letter;
        boolean truth;
    }

    /** The programs. */
    static final class Programs {
        static final HashMap<Key, Long> flows = new HashMap<>(16);
        static final ArrayMap<Sample> samples = new ArrayMap<>(2);
        static final Queue<Key> queue = new Queue<>(4);
        static final RingBuffer<Key> events = new RingBuffer<>(4096);
        static final ProgramArray next = new ProgramArray(2);
        static final int[] TABLE = {1, 10, 100};
        static long total;
        static int divisor;

        private Programs() {}

        @Xdp
        static int countsFlows(XdpContext context) {
            Ethernet ethernet = context.packet(0, Ethernet.class);
            if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
                return XdpAction.XDP_PASS;
            }
            Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
            if (ip == null) {
                return XdpAction.XDP_ABORTED;
            }
            Key key = new Key();
            key.address = ip.source;
            key.protocol = ip.protocol;
            key.port = (short) 0xabcd;
            flows.add(key, ip.totalLength);
            ip.timeToLive = (byte) (ip.timeToLive - 1);
            ethernet.source[5] = 7;
            total += ip.headerLength();
            return ip.protocol;
        }

        @Xdp
        static int fillsSample(XdpContext context) {
            Sample sample = samples.lookup(1);
            if (sample == null) {
                return -1;
            }
            sample.bytes[3] = (byte) 0xff;
            sample.shorts[1] = 0x1234;
            sample.key.port = (short) 0x5678;
            sample.letter = 'x';
            sample.truth = true;
            Sample same = samples.lookup(1);
            byte[] local = new byte[4];
            local[2] = 5;
            return sample == same && same.key == sample.key ? same.bytes[3] + local[2] + TABLE[2] : -2;
        }

        @Xdp
        static int divides(XdpContext context) {
            return context.length() / divisor;
        }

        @Xdp
        static int runsOut(XdpContext context) {
            Sample sample = new Sample();
            return sample.bytes[context.length()];
        }

        @Xdp
        static int sends(XdpContext context) {
            Key record = events.reserve();
            if (record == null) {
                return -1;
            }
            record.address = 42;
            events.submit(record);
            Key pushed = new Key();
            pushed.address = 43;
            queue.push(pushed);
            Key popped = new Key();
            int code = queue.pop(popped);
            int address = popped.address;
            Log.printf("popped %d, %d, %d, %d", popped.address, code, queue.pop(popped), Bpf.smpProcessorId());
            return address;
        }

        @Xdp
        static int continues(XdpContext context) {
            next.call(context, 1);
            next.call(context, 0);
            return 99;
        }
    }

    private static final List<String> NAMES =
            List.of("countsFlows", "fillsSample", "divides", "runsOut", "sends", "continues");
    private final List<String> printed = new ArrayList<>();

    private interface Body {
        void on(EngineObject object);
    }

    private static final MapSpec DATA = new MapSpec(
            ".bss",
            MapSpec.Role.BSS,
            MapType.ARRAY,
            4,
            16,
            1,
            0,
            0,
            -1,
            MapSpec.Pinning.NONE,
            java.util.Optional.empty(),
            0,
            0,
            Bytes.EMPTY,
            List.of(),
            0);

    private void loaded(Body body) {
        StringBuilder text = new StringBuilder("""
                .map flows hash key=8 value=8 entries=16
                .map samples array key=4 value=20 entries=2
                .map queue queue value=8 entries=4
                .map events ringbuf entries=4096
                .map next prog_array key=4 value=4 entries=2
                """);
        NAMES.forEach(name -> text.append(".program " + name + " xdp\n  r0 = 2\n  exit\n"));
        dev.skep.object.BpfObject assembled = Assembler.object("programs.s", text.toString());
        List<MapSpec> maps = new ArrayList<>(assembled.maps());
        maps.add(DATA);
        dev.skep.object.BpfObject object = new dev.skep.object.BpfObject(
                assembled.name(),
                assembled.programs(),
                assembled.functions(),
                maps,
                assembled.externs(),
                assembled.structOps(),
                assembled.btf(),
                assembled.license(),
                0);
        CType number = new CType.Scalar("long", 8, CType.Scalar.Encoding.SIGNED);
        CType small = new CType.Scalar("int", 4, CType.Scalar.Encoding.SIGNED);
        GlobalSection globals = new GlobalSection(
                ".bss",
                List.of(
                        new GlobalSection.Variable("total", source("total"), number, 0),
                        new GlobalSection.Variable("divisor", source("divisor"), small, 8)),
                Bytes.EMPTY);
        CompilationUnit unit = new CompilationUnit(
                "programs", List.of(), List.of(), List.of(globals), List.of(), List.of(), "GPL", Map.of());
        EngineOptions options = EngineOptions.defaults().withChecked(true).withTrace(printed::add);
        try (EngineHost host = EngineHost.open(options);
                EngineObject loaded = host.load(object)) {
            JvmPrograms.runInJava(Programs.class, unit, loaded);
            body.on(loaded);
        }
    }

    private static String source(String field) {
        return Programs.class.getName().replace('.', '/') + "." + field;
    }

    private static Program.Outcome run(EngineObject object, String program, byte[] packet) {
        return object.program(program).orElseThrow().run(Program.Input.packet(packet));
    }

    private static byte[] ipv4() {
        ByteBuffer packet = ByteBuffer.allocate(64).order(ByteOrder.BIG_ENDIAN);
        packet.putShort(12, (short) 0x0800);
        packet.put(14, (byte) 0x45).putShort(16, (short) 50).put(22, (byte) 64).put(23, (byte) 200);
        packet.putInt(26, 0x0a000001);
        return packet.array();
    }

    @Test
    void headersAreTheBytesOfThePacket() {
        loaded(object -> {
            Program.Outcome outcome = run(object, "countsFlows", ipv4());
            assertThat(outcome.returnValue()).isEqualTo(200);
            byte[] left = outcome.data().toArray();
            assertThat(left[22]).isEqualTo((byte) 63);
            assertThat(left[11]).isEqualTo((byte) 7);
            assertThat(run(object, "countsFlows", new byte[20]).returnValue()).isEqualTo(XdpAction.XDP_PASS);
            byte[] cut = java.util.Arrays.copyOf(ipv4(), 33);
            assertThat(run(object, "countsFlows", cut).returnValue()).isEqualTo(XdpAction.XDP_ABORTED);
        });
    }

    @Test
    void structsAreKeysByTheirBytesAndNumbersAreCounted() {
        loaded(object -> {
            run(object, "countsFlows", ipv4());
            run(object, "countsFlows", ipv4());
            byte[] key = {1, 0, 0, 10, (byte) 0xab, (byte) 0xcd, (byte) 200, 0};
            assertThat(object.map("flows").orElseThrow().lookup(key).orElseThrow())
                    .isEqualTo(new byte[] {100, 0, 0, 0, 0, 0, 0, 0});
            assertThat(object.map(".bss").orElseThrow().lookup(new byte[4]).orElseThrow()[0])
                    .isEqualTo((byte) 40);
        });
    }

    @Test
    void whatIsLookedUpLiesInTheMap() {
        loaded(object -> {
            assertThat(run(object, "fillsSample", new byte[20]).returnValue()).isEqualTo(255 + 5 + 100);
            byte[] sample = object.map("samples")
                    .orElseThrow()
                    .lookup(new byte[] {1, 0, 0, 0})
                    .orElseThrow();
            assertThat(sample)
                    .isEqualTo(new byte[] {0, 0, 0, -1, 0, 0, 0x12, 0x34, 0, 0, 0, 0, 0x56, 0x78, 0, 0, 'x', 0, 1, 0});
        });
    }

    @Test
    void whatJavaWouldThrowEndsTheProgram() {
        loaded(object -> {
            assertThat(run(object, "divides", new byte[20]).returnValue()).isEqualTo(XdpAction.XDP_ABORTED);
            object.map(".bss")
                    .orElseThrow()
                    .update(new byte[4], new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0});
            assertThat(run(object, "divides", new byte[20]).returnValue()).isEqualTo(5);
            assertThat(run(object, "runsOut", new byte[20]).returnValue()).isEqualTo(XdpAction.XDP_ABORTED);
        });
    }

    @Test
    void recordsAreSentElementsQueuedAndLinesPrinted() {
        loaded(object -> {
            assertThat(run(object, "sends", new byte[20]).returnValue()).isEqualTo(43);
            assertThat(printed).containsExactly("popped 43, 0, -2, 0");
        });
    }

    @Test
    void tailCallsNeverComeBack() {
        loaded(object -> {
            assertThat(run(object, "continues", new byte[20]).returnValue()).isEqualTo(99);
            int sends = object.program("sends").orElseThrow().id();
            object.map("next").orElseThrow().update(new byte[4], new byte[] {(byte) sends, (byte) (sends >> 8), 0, 0});
            assertThat(run(object, "continues", new byte[20]).returnValue()).isEqualTo(43);
        });
    }
}

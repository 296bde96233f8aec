package dev.skep.object.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CodecTest {
    /** {@code struct { __u8 protocol; __u32 address; __u16 port; __u64 bytes; }}: members at 0, 4, 8 and 16, 24 in all. */
    record Flow(byte protocol, int address, short port, long bytes) {}

    private static final Codec<Flow> FLOW = Codec.struct(
            Codec.field(Codec.I8, Flow::protocol),
            Codec.field(Codec.I32, Flow::address),
            Codec.field(Codec.I16, Flow::port),
            Codec.field(Codec.I64, Flow::bytes),
            Flow::new);

    record Pair(Flow flow, boolean seen) {}

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void numbersAreLittleEndian() {
        assertThat(hex(Codec.I32.encode(0x01020304))).isEqualTo("04030201");
        assertThat(Codec.I64.decode(HexFormat.of().parseHex("0100000000000080")))
                .isEqualTo(0x8000000000000001L);
    }

    @Test
    void aStructIsLaidOutAsInC() {
        assertThat(FLOW.size()).isEqualTo(24);
        assertThat(FLOW.alignment()).isEqualTo(8);
        assertThat(hex(FLOW.encode(new Flow((byte) 6, 0x0a000001, (short) 443, 5))))
                .isEqualTo("06000000" + "0100000a" + "bb01" + "000000000000" + "0500000000000000");
    }

    @Property(tries = 200)
    void whatIsEncodedIsDecoded(
            @ForAll byte protocol, @ForAll int address, @ForAll short port, @ForAll long bytes, @ForAll boolean seen) {
        Codec<Pair> nested =
                Codec.struct(Codec.field(FLOW, Pair::flow), Codec.field(Codec.BOOL, Pair::seen), Pair::new);
        Pair pair = new Pair(new Flow(protocol, address, port, bytes), seen);

        assertThat(nested.size()).isEqualTo(32);
        assertThat(nested.decode(nested.encode(pair))).isEqualTo(pair);
    }

    @Property(tries = 200)
    void arraysAndPerCpuValuesComeBack(@ForAll @Size(3) List<Integer> numbers) {
        Codec<List<Integer>> array = Codec.array(Codec.I32, 3);
        Codec<List<Integer>> perCpu = Codec.perCpu(Codec.I32, 3);

        assertThat(array.size()).isEqualTo(12);
        assertThat(perCpu.size()).isEqualTo(24);
        assertThat(array.decode(array.encode(numbers))).isEqualTo(numbers);
        assertThat(perCpu.decode(perCpu.encode(numbers))).isEqualTo(numbers);
    }

    @Test
    void textEndsAtItsFirstZeroAndIsCutAtWholeCharacters() {
        Codec<String> name = Codec.text(4);

        assertThat(hex(name.encode("ab"))).isEqualTo("61620000");
        assertThat(name.decode(name.encode("abcdef"))).isEqualTo("abc");
        assertThat(name.decode(name.encode("a\u20ac"))).isEqualTo("a");
    }

    @Test
    void anotherTypeCanStandForTheSameBytes() {
        Codec<Thread.State> states = Codec.I32.as(n -> Thread.State.values()[n], Thread.State::ordinal);

        assertThat(states.decode(states.encode(Thread.State.WAITING))).isEqualTo(Thread.State.WAITING);
    }

    @Test
    void aWrongNumberOfBytesIsRefused() {
        assertThatThrownBy(() -> FLOW.decode(new byte[23])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Codec.bytes(2).encode(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Codec.array(Codec.I8, 2).encode(List.of((byte) 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Codec.text(0)).isInstanceOf(IllegalArgumentException.class);
    }
}

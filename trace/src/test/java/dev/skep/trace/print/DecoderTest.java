package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private final Decoder decoder = MadeUp.decoder();

    private String text(TraceType type, MemorySegment memory) {
        return MadeUp.text(decoder.decode(type, memory, 0));
    }

    private String json(TraceType type, MemorySegment memory) {
        return MadeUp.json(decoder.decode(type, memory, 0));
    }

    @Test
    void tuplesHaveSpacesAndArraysHaveNone() {
        TraceType pair =
                TraceType.Tuple.of(List.of(unnamed(MadeUp.INT64), unnamed(new TraceType.Array(MadeUp.INT32, 2))));
        MemorySegment memory = MadeUp.longs(-1, 0x2_0000_0001L);
        assertThat(text(pair, memory)).isEqualTo("(-1, [1,2])");
        assertThat(json(pair, memory)).isEqualTo("[-1,[1,2]]");
    }

    private static TraceType.Named unnamed(TraceType type) {
        return new TraceType.Named(Optional.empty(), type);
    }

    @Test
    void recordsHaveNames() {
        TraceType point = TraceType.Tuple.of(List.of(
                new TraceType.Named(Optional.of("x"), MadeUp.INT64),
                new TraceType.Named(Optional.of("y"), MadeUp.INT64)));
        assertThat(text(point, MadeUp.longs(1, 2))).isEqualTo("{ .x = 1, .y = 2 }");
        assertThat(json(point, MadeUp.longs(1, 2))).isEqualTo("{\"x\": 1, \"y\": 2}");
    }

    @Test
    void structuresHaveTheirMembersAndBitFields() {
        TraceType foo = new TraceType.Structure("struct Foo", 8, 4);
        MemorySegment memory = MadeUp.longs(7L | (0b11_101L << 32));
        assertThat(text(foo, memory)).isEqualTo("{ .m = 7, .low = 5, .high = -1 }");
        assertThat(json(foo, memory)).isEqualTo("{\"m\": 7, \"low\": 5, \"high\": -1}");
    }

    @Test
    void anEnumerationIsItsNameInTextAndItsNumberInJson() {
        TraceType color = new TraceType.Enumeration("enum Color", 8, false);
        assertThat(text(color, MadeUp.longs(1))).isEqualTo("RED");
        assertThat(json(color, MadeUp.longs(1))).isEqualTo("1");
    }

    @Test
    void anAddressIsHexadecimalInTextAndANumberInJson() {
        TraceType pointer = new TraceType.Pointer(new TraceType.Nothing(), AddressSpace.USER);
        assertThat(text(pointer, MadeUp.longs(50))).isEqualTo("0x32");
        assertThat(json(pointer, MadeUp.longs(50))).isEqualTo("50");
    }

    @Test
    void stacksHaveALineForEachFrame() {
        MemorySegment slot = MadeUp.longs(3, 0);
        assertThat(text(MadeUp.stack(TraceType.StackMode.BPFTRACE), slot))
                .isEqualTo("\n        vfs_read+16\n        ip_rcv+32\n        0x9999\n");
        assertThat(text(MadeUp.stack(TraceType.StackMode.PERF), slot))
                .isEqualTo("\n\t1010 vfs_read+16\n\t2020 ip_rcv+32 (net)\n\t9999 0x9999 ([unknown])\n");
        assertThat(text(MadeUp.stack(TraceType.StackMode.RAW), slot)).isEqualTo("\n1010\n2020\n9999\n");
        assertThat(text(MadeUp.stack(TraceType.StackMode.RAW), MadeUp.longs(0xffff_fff2L, 0)))
                .isEqualTo("\n");
    }

    @Test
    void whatStandsForSomethingIsShownAsThat() {
        assertThat(text(new TraceType.Symbol(AddressSpace.KERNEL), MadeUp.longs(0x1010)))
                .isEqualTo("vfs_read");
        assertThat(text(new TraceType.Symbol(AddressSpace.USER), MadeUp.longs(0x5, 1)))
                .isEqualTo("0x5");
        assertThat(text(new TraceType.UserName(), MadeUp.longs(0))).isEqualTo("root");
        assertThat(text(new TraceType.UserName(), MadeUp.longs(1000))).isEqualTo("1000");
        assertThat(text(new TraceType.GroupPath(""), MadeUp.longs(7))).isEqualTo("unified:/user.slice");
        assertThat(text(new TraceType.NumberName(TraceType.NumberName.Names.ERRNO), MadeUp.longs(7)))
                .isEqualTo("Argument list too long");
        assertThat(text(new TraceType.NumberName(TraceType.NumberName.Names.SYSTEM_CALL), MadeUp.longs(0)))
                .isEqualTo("read");
        assertThat(text(new TraceType.HardwareAddress(), MadeUp.longs(0xbb2e_084d_c018L)))
                .isEqualTo("18:C0:4D:08:2E:BB");
    }

    @Test
    void internetAddressesAreOfEitherVersion() {
        assertThat(text(new TraceType.InternetAddress(4), MadeUp.longs(2L | (0x0100007fL << 32))))
                .isEqualTo("127.0.0.1");
        assertThat(text(new TraceType.InternetAddress(16), MadeUp.longs(10, 0, 0x0100_0000L)))
                .isEqualTo("::1");
    }

    @Test
    void aggregationsOfSeveralCpusArePutTogether() {
        List<MemorySegment> parts = List.of(MadeUp.longs(10, 1), MadeUp.longs(30, 3), MadeUp.longs(0, 0));
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Average(false, true), parts, 1)))
                .isEqualTo("10");
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Average(true, true), parts, 1)))
                .isEqualTo("{ .count = 4, .average = 10, .total = 40 }");
        assertThat(MadeUp.json(decoder.aggregate(new TraceType.Average(true, true), parts, 1)))
                .isEqualTo("{\"count\": 4, \"average\": 10, \"total\": 40}");
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Extreme(false, true), parts, 1)))
                .isEqualTo("10");
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Extreme(true, true), parts, 10)))
                .isEqualTo("3");
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Sum(true), parts, 1)))
                .isEqualTo("40");
        assertThat(MadeUp.text(decoder.aggregate(new TraceType.Count(), parts, 1)))
                .isEqualTo("40");
    }
}

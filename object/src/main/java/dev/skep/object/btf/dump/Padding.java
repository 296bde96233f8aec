package dev.skep.object.btf.dump;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * Fills a gap between the members of a struct with unnamed bitfields, so that a compiler puts the next member where BTF
 * says. Where the compiler would leave the gap by itself, because the next member's alignment asks for it, nothing is
 * written. Follows the rules of libbpf 1.1, so that the text is the same.
 */
final class Padding {
    private record Filler(String type, int bits) {}

    private static final List<Filler> FILLERS =
            List.of(new Filler("long", 64), new Filler("int", 32), new Filler("short", 16), new Filler("char", 8));

    private Padding() {}

    /**
     * Calls {@code field} with the type and the width in bits of each unnamed bitfield; width 0 moves to the next boundary.
     *
     * @param from first bit of the gap
     * @param to first bit after the gap
     * @param alignment bytes the compiler aligns to what follows the gap
     * @param betweenBitfields a bitfield ends and another begins here
     */
    static void fill(int from, int to, int alignment, boolean betweenBitfields, BiConsumer<String, Integer> field) {
        if (from >= to) {
            return;
        }
        Filler filler = FILLERS.getLast();
        for (Filler candidate : FILLERS) {
            if (roundUp(from, candidate.bits) <= to) {
                filler = candidate;
                break;
            }
        }
        long boundary = roundUp(from, filler.bits);
        long at = from;
        if (boundary > from && boundary <= to) {
            boolean alignedAnyway = boundary != to || roundUp(from, 8L * alignment) == boundary;
            boolean restIsNoticed = boundary == to || to - boundary > boundary - from;
            if (betweenBitfields || !alignedAnyway || !restIsNoticed) {
                field.accept(filler.type, betweenBitfields ? (int) (boundary - from) : 0);
            }
            at = boundary;
        }
        while (to - at >= filler.bits) {
            field.accept(filler.type, filler.bits);
            at += filler.bits;
        }
        if (at < to) {
            int rest = (int) (to - at);
            field.accept(smallest(rest).type, rest);
        }
    }

    private static Filler smallest(int bits) {
        for (Filler candidate : FILLERS.reversed()) {
            if (candidate.bits >= bits) {
                return candidate;
            }
        }
        return FILLERS.getFirst();
    }

    private static long roundUp(long value, long unit) {
        return unit <= 1 ? value : (value + unit - 1) / unit * unit;
    }
}

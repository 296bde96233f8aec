package dev.skep.trace.print;

import java.util.ArrayList;
import java.util.List;

/** The flags of {@code gfp_t} by name, as the kernel's {@code %pGg}: include/linux/gfp_types.h of Linux 6.12. */
final class AllocationFlags {
    /** The lowest bit first. */
    private static final List<String> BITS = List.of(
            "GFP_DMA",
            "__GFP_HIGHMEM",
            "GFP_DMA32",
            "__GFP_MOVABLE",
            "__GFP_RECLAIMABLE",
            "__GFP_HIGH",
            "__GFP_IO",
            "__GFP_FS",
            "__GFP_ZERO",
            "0x200",
            "__GFP_DIRECT_RECLAIM",
            "__GFP_KSWAPD_RECLAIM",
            "__GFP_WRITE",
            "__GFP_NOWARN",
            "__GFP_RETRY_MAYFAIL",
            "__GFP_NOFAIL",
            "__GFP_NORETRY",
            "__GFP_MEMALLOC",
            "__GFP_COMP",
            "__GFP_NOMEMALLOC",
            "__GFP_HARDWALL",
            "__GFP_THISNODE",
            "__GFP_ACCOUNT",
            "__GFP_ZEROTAGS");

    private static final long DIRECT_RECLAIM = 1L << 10;
    private static final long KSWAPD_RECLAIM = 1L << 11;
    private static final long RECLAIM = DIRECT_RECLAIM | KSWAPD_RECLAIM;
    private static final long IO = 1L << 6;
    private static final long FS = 1L << 7;
    private static final long HIGH = 1L << 5;
    private static final long HIGHMEM = 1L << 1;
    private static final long MOVABLE = 1L << 3;
    private static final long NOWARN = 1L << 13;
    private static final long COMP = 1L << 18;
    private static final long NOMEMALLOC = 1L << 19;
    private static final long HARDWALL = 1L << 20;
    private static final long ACCOUNT = 1L << 22;
    private static final long KERNEL = RECLAIM | IO | FS;
    private static final long HIGHUSER_MOVABLE = KERNEL | HARDWALL | HIGHMEM | MOVABLE;
    private static final long TRANSHUGE_LIGHT = (HIGHUSER_MOVABLE | COMP | NOMEMALLOC | NOWARN) & ~RECLAIM;

    /** Several flags under one name; the first that fits is taken. */
    private record Compound(String name, long flags) {}

    private static final List<Compound> COMPOUNDS = List.of(
            new Compound("GFP_TRANSHUGE", TRANSHUGE_LIGHT | DIRECT_RECLAIM),
            new Compound("GFP_TRANSHUGE_LIGHT", TRANSHUGE_LIGHT),
            new Compound("GFP_HIGHUSER_MOVABLE", HIGHUSER_MOVABLE),
            new Compound("GFP_HIGHUSER", KERNEL | HARDWALL | HIGHMEM),
            new Compound("GFP_USER", KERNEL | HARDWALL),
            new Compound("GFP_KERNEL_ACCOUNT", KERNEL | ACCOUNT),
            new Compound("GFP_KERNEL", KERNEL),
            new Compound("GFP_NOFS", RECLAIM | IO),
            new Compound("GFP_ATOMIC", HIGH | KSWAPD_RECLAIM),
            new Compound("GFP_NOIO", RECLAIM),
            new Compound("GFP_NOWAIT", KSWAPD_RECLAIM));

    private AllocationFlags() {}

    static void append(long flags, TextBuffer out) {
        List<String> names = new ArrayList<>();
        long rest = flags;
        for (Compound compound : COMPOUNDS) {
            if ((rest & compound.flags()) == compound.flags()) {
                names.add(compound.name());
                rest &= ~compound.flags();
            }
        }
        for (int bit = 0; bit < BITS.size(); bit++) {
            if (((rest >>> bit) & 1) != 0) {
                names.add(BITS.get(bit));
                rest &= ~(1L << bit);
            }
        }
        if (rest != 0 || names.isEmpty()) {
            names.add(rest == 0 ? "0" : "0x" + Long.toHexString(rest));
        }
        out.append(String.join("|", names));
    }
}

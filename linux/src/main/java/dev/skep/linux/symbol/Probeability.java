package dev.skep.linux.symbol;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What Linux makes of an instruction of x86-64 that a uprobe is put at (arch/x86/kernel/uprobes.c). What begins with a VEX or EVEX prefix
 * has its operation in an opcode map of its own, but the kernel reads the opcode as if it were of the first map. So it refuses {@code
 * vmovd}, which it takes for an {@code outsb}; and worse, {@code vpbroadcastb %esi,%ymm17}, with which a {@code strchrnul} of glibc begins,
 * is taken for {@code jp}, is not done, and nothing that printf should convert is found any more, in any process.
 */
public enum Probeability {
    /** As far as is known, it can be probed. Whether it is at the start of an instruction is not looked at. */
    FINE,
    /** The kernel refuses it, or does without the probe if the program starts later. */
    REFUSED,
    /** The kernel accepts it, takes it for another, and so breaks the program ({@code branch_setup_xol_ops}). */
    MISTAKEN;

    private static final int X86_64 = 62; // EM_X86_64 of elf(5)
    private static final int LONGEST = 15;

    private static final int LOCK = 0xf0;
    private static final int VEX_OF_TWO = 0xc5;
    private static final int VEX_OF_THREE = 0xc4;
    private static final int EVEX = 0x62;

    /** Of the instruction at an offset in a file. */
    public static Probeability at(ElfBinary binary, long fileOffset) {
        return binary.machine() == X86_64 ? of(binary.bytes(fileOffset, LONGEST)) : FINE;
    }

    /**
     * Checks instructions before they are probed. The kernel would see for itself that it cannot probe one only if a process has mapped the
     * file, and else never say so.
     *
     * @param attempted for the message, in the infinitive
     * @throws HostException EOPNOTSUPP if one of them is not {@link #FINE}
     */
    public static void requireFine(Path file, Collection<Long> fileOffsets, String attempted) {
        try (ElfBinary binary = ElfBinary.open(file)) {
            for (long offset : fileOffsets) {
                Probeability found = at(binary, offset);
                if (found != FINE) {
                    String why = found == MISTAKEN
                            ? "Linux takes the instruction at 0x%x for another if there is a probe, and the program would go wrong"
                            : "Linux cannot replace the instruction at 0x%x";
                    throw new HostException(Errno.EOPNOTSUPP, "cannot " + attempted + ": " + why.formatted(offset));
                }
            }
        }
    }

    /** Of the instruction that code begins with. */
    static Probeability of(byte[] code) {
        return switch (byteAt(code, 0)) {
            case LOCK -> REFUSED;
            case VEX_OF_TWO -> ofVector(byteAt(code, 2));
            case VEX_OF_THREE -> ofVector(byteAt(code, 3));
            case EVEX -> ofVector(byteAt(code, 4));
            default -> FINE;
        };
    }

    /** By what the opcode would be in the first map: input and output, or jumps, calls, returns, {@code nop} and {@code popf}. */
    private static Probeability ofVector(int opcode) {
        return switch (opcode) {
            case 0x6c, 0x6d, 0x6e, 0x6f, 0xe4, 0xe5, 0xe6, 0xe7, 0xec, 0xed, 0xee, 0xef -> REFUSED;
            case 0x90, 0x9a, 0x9d, 0xc2, 0xc3, 0xca, 0xcb, 0xe8, 0xe9, 0xea, 0xeb -> MISTAKEN;
            default -> opcode >= 0x70 && opcode <= 0x7f ? MISTAKEN : FINE;
        };
    }

    private static int byteAt(byte[] code, int index) {
        return index < code.length ? code[index] & 0xff : -1;
    }
}

package dev.skep.object.program;

import dev.skep.object.btf.BtfExt;
import dev.skep.object.instruction.Instructions;
import java.util.List;

/**
 * One function as compiled, before it is put together with the functions it calls. Slots count from the function's start.
 *
 * @param name symbol name
 * @param section ELF section it lies in
 * @param sectionOffset byte offset of its first instruction in that section
 * @param linkage as the ELF symbol and BTF say
 * @param typeId id of its BTF {@code FUNC}, 0 if none
 * @param references what its instructions refer to
 * @param lines source lines, by slot, ascending
 * @param coreRelocations CO-RE relocations, by slot, ascending
 */
public record FunctionSpec(
        String name,
        String section,
        int sectionOffset,
        Linkage linkage,
        int typeId,
        Instructions instructions,
        List<Reference> references,
        List<Line> lines,
        List<CoreSite> coreRelocations) {

    public FunctionSpec {
        references = List.copyOf(references);
        lines = List.copyOf(lines);
        coreRelocations = List.copyOf(coreRelocations);
    }

    /** Who may call the function and how the kernel verifies it. */
    public enum Linkage {
        /** Verified along each path that calls it. */
        STATIC,
        /** Verified on its own. */
        GLOBAL,
        /** Global in the object, hidden ({@code __hidden}) to the kernel: treated as static. */
        HIDDEN
    }

    /** From {@code slot} on, the code belongs to this source line. @param column 1-based, 0 if unknown */
    public record Line(int slot, String file, int line, int column, String text) {
        /** Index of the last of {@code lines}, ascending by slot, that starts at {@code slot} or before; -1 if none does. */
        public static int lastAt(List<Line> lines, int slot) {
            int low = 0;
            int high = lines.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (lines.get(middle).slot() <= slot) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }
    }

    /** A CO-RE relocation of the instruction at {@code slot}. */
    public record CoreSite(int slot, BtfExt.CoreRelocation relocation) {}
}

package dev.skep.verifier.kernel;

import dev.skep.object.program.AttachType;
import java.util.List;

/**
 * A structure that programs see and the verifier translates accesses to: a context, or a socket. Bound to one kernel.
 *
 * <p>A load that extends the sign and would give a pointer is refused by the kernel with the others; who asks here must look at
 * that himself.
 */
public interface ContextLayout {
    /** The structure's name in C: {@code __sk_buff}. */
    String structure();

    /** Its size in bytes; no access may end beyond. */
    int size();

    /**
     * Its fields by offset; none if it has none with names of their own. Where fields overlap in C, the one that is accessed.
     */
    List<StructureField> fields();

    /**
     * What an access gives.
     *
     * @param offset from the start, constant; may be negative or beyond the end
     * @param size 1, 2, 4 or 8 bytes
     * @param attachType as {@link ProgramKind#attachTypeOrDefault()} says
     */
    ContextAccess access(int offset, int size, boolean write, AttachType attachType);
}

package dev.skep.verifier.kernel;

import dev.skep.object.program.AttachType;
import java.util.List;

/**
 * Memory without fields of its own: registers, a tracepoint's record, the argument of a system call program. Every aligned access
 * gives a number.
 *
 * @param start the first byte that may be accessed
 */
record PlainLayout(String structure, int start, int size, boolean writable) implements ContextLayout {
    @Override
    public List<StructureField> fields() {
        return List.of();
    }

    @Override
    public ContextAccess access(int offset, int bytes, boolean write, AttachType attachType) {
        if (write && !writable) {
            return new ContextAccess.Denied(structure + " is not written");
        }
        if (offset < start || offset > size - bytes) {
            return new ContextAccess.Denied(
                    structure + " is accessed from offset " + start + " to " + size + ", and this is offset " + offset);
        }
        return offset % bytes == 0
                ? new ContextAccess.Number()
                : new ContextAccess.Denied("offset " + offset + " is no multiple of the access's " + bytes + " bytes");
    }
}

package dev.skep.verifier.kernel;

import dev.skep.object.program.AttachType;
import java.util.List;

/** {@code raw_tp_writable_prog_is_valid_access}, kernel/trace/bpf_trace.c: the first argument is a buffer that may be written. */
record WritableTracepointLayout(PlainLayout arguments) implements ContextLayout {
    @Override
    public String structure() {
        return arguments.structure();
    }

    @Override
    public int size() {
        return arguments.size();
    }

    @Override
    public List<StructureField> fields() {
        return List.of();
    }

    @Override
    public ContextAccess access(int offset, int bytes, boolean write, AttachType attachType) {
        if (offset != 0) {
            return arguments.access(offset, bytes, write, attachType);
        }
        return bytes == Long.BYTES && !write
                ? new ContextAccess.TracepointBuffer()
                : new ContextAccess.Denied("the first argument, a buffer, is read as 8 bytes");
    }
}

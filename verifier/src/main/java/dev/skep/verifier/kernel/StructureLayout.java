package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import java.util.List;
import java.util.Optional;

/** A structure by its fields. */
record StructureLayout(String structure, int size, List<StructureField> fields, KernelVersion version)
        implements ContextLayout {
    StructureLayout {
        fields = List.copyOf(fields);
    }

    @Override
    public ContextAccess access(int offset, int bytes, boolean write, AttachType attachType) {
        if (offset < 0 || offset >= size) {
            return new ContextAccess.Denied(structure + " has " + size + " bytes, and this is offset " + offset);
        }
        if (offset % bytes != 0) {
            return new ContextAccess.Denied("offset " + offset + " is no multiple of the access's " + bytes + " bytes");
        }
        Optional<StructureField> field =
                fields.stream().filter(one -> one.holds(offset)).findFirst();
        if (field.isEmpty()) {
            return new ContextAccess.Denied(structure + " has no field at offset " + offset);
        }
        Optional<KernelVersion> later = field.get().since().filter(since -> since.compareTo(version) > 0);
        return later.<ContextAccess>map(
                        since -> new ContextAccess.TooNew(field.get().name(), since))
                .orElseGet(() -> field.get().access(offset, bytes, write, attachType));
    }
}

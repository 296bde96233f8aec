package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.Field;
import dev.skep.object.attach.Neighbour;
import dev.skep.object.attach.Ordering;
import dev.skep.object.attach.Ordering.Position;

/**
 * Where an {@link Ordering} goes in {@code union bpf_attr}. TCX, netkit and control groups each have the members, of
 * the same meaning.
 *
 * @param flags {@code BPF_F_BEFORE} ... @param relativeId the neighbour @param expectedRevision 0 for any
 */
record OrderingFields(Field flags, Field relativeId, Field expectedRevision) {
    /** Sets the members. @param otherFlags what else goes into the flags */
    void set(BpfAttr attr, Ordering ordering, int otherFlags) {
        int positionFlags = switch (ordering.position()) {
            case Position.First() -> AttachFlags.BEFORE;
            case Position.Last() -> 0; // what kernels without ordering do, and those with it if nothing is asked for
            case Position.Before(Neighbour neighbour) -> AttachFlags.BEFORE | set(attr, neighbour);
            case Position.After(Neighbour neighbour) -> AttachFlags.AFTER | set(attr, neighbour);
            case Position.Replace _ -> AttachFlags.REPLACE;
        };
        attr.set(flags, otherFlags | positionFlags);
        attr.setIfAny(expectedRevision, ordering.revision().orElse(0));
    }

    private int set(BpfAttr attr, Neighbour neighbour) {
        return switch (neighbour) {
            case Neighbour.Program(int id) -> {
                attr.set(relativeId, id);
                yield AttachFlags.ID;
            }
            case Neighbour.Link(int id) -> {
                attr.set(relativeId, id);
                yield AttachFlags.ID | AttachFlags.LINK;
            }
        };
    }
}

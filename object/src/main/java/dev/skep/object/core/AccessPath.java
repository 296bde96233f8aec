package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.ArrayList;
import java.util.List;

/** An {@link AccessSpec} in the making: steps are pushed as they are found, and taken back when they lead nowhere. */
final class AccessPath {
    private final TypeSpace space;
    private final int rootId;
    private final List<AccessSpec.Step> steps = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();
    private long bitOffset;

    AccessPath(TypeSpace space, int rootId) {
        this.space = space;
        this.rootId = rootId;
    }

    /** Goes to member {@code index} of a composite. @throws CoreFailure if the path becomes too long */
    void enter(int index, long memberBitOffset) {
        push(index);
        bitOffset = wrapped(bitOffset + memberBitOffset);
    }

    /** Undoes the latest {@link #enter}. */
    void leave(long memberBitOffset) {
        indices.removeLast();
        bitOffset = wrapped(bitOffset - memberBitOffset);
    }

    /** Goes to an element of an array (or of what the root pointer points to) whose elements have type {@code typeId}. */
    void element(int typeId, int index) {
        push(index);
        steps.add(new AccessSpec.Element(typeId, index));
        bitOffset = wrapped(bitOffset + index * space.size(typeId) * 8);
    }

    /** Records the member or enumerator entered as one that has a name. */
    void named(int typeId, int index, String name) {
        steps.add(new AccessSpec.Named(typeId, index, name));
    }

    /** Names an enumerator. */
    void enumerator(int typeId, int index, String name) {
        push(index);
        named(typeId, index, name);
    }

    /**
     * True if an array of {@code length} elements, reached so far, may be indexed beyond its end: it has no length, and is
     * the last member of its struct (libbpf, {@code is_flex_arr}).
     */
    boolean atFlexibleArray(int length) {
        return length == 0
                && !steps.isEmpty()
                && steps.getLast() instanceof AccessSpec.Named member
                && space.type(member.typeId()) instanceof BtfType.Composite composite
                && member.index() == composite.members().size() - 1;
    }

    AccessSpec toSpec(CoreRelocationKind kind) {
        return new AccessSpec(space, rootId, kind, steps, indices, bitOffset);
    }

    /** Offsets are unsigned 32-bit numbers in libbpf; forged ones wrap there, and so here. */
    private static long wrapped(long bits) {
        return bits & 0xffff_ffffL;
    }

    private void push(int index) {
        if (indices.size() == AccessSpec.MAX_INDICES) {
            throw new CoreFailure(
                    "the access to " + TypeText.of(space.type(rootId)) + " goes through more than "
                            + AccessSpec.MAX_INDICES + " levels",
                    "split the access into several");
        }
        indices.add(index);
    }
}

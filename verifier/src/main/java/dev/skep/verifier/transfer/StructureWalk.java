package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds what lies at an offset of a struct, through nested structs, unions and arrays ({@code btf_struct_walk}). One walk remembers
 * whether it went through a union, as what is reached so is not to be relied on.
 */
final class StructureWalk {
    private final Btf btf;
    private final BtfLayout layout;
    private final boolean flexibleArrays;
    private boolean throughUnion;

    /** @param flexibleArrays what follows a struct that ends in an array without a length is taken to be its elements */
    StructureWalk(Btf btf, boolean flexibleArrays) {
        this.btf = btf;
        this.flexibleArrays = flexibleArrays;
        layout = new BtfLayout(btf);
    }

    /** What an access meets. */
    sealed interface Found {
        /** Bytes that are a number to a program. */
        record Number() implements Found {}

        /**
         * A pointer to a struct or union.
         *
         * @param type what it points to, without qualifiers
         * @param tag the type tag next to the asterisk: {@code user}, {@code percpu}, {@code rcu}; "" if there is none
         */
        record ObjectPointer(int type, String tag, String field) implements Found {}

        /** A pointer to something that is no struct. */
        record OtherPointer() implements Found {}

        /** A struct or union starts just there. */
        record Nested(int type) implements Found {}

        /** Nothing that may be accessed. @param message the kernel's words */
        record Nothing(String message) implements Found {}
    }

    /** A union of several members was passed. */
    boolean wentThroughUnion() {
        return throughUnion;
    }

    /** What an access of {@code size} bytes at {@code offset} of {@code type} meets in the end; never {@link Found.Nested}. */
    Found access(int type, long offset, int size) {
        Found found = step(type, offset, size);
        while (found instanceof Found.Nested nested) {
            found = step(nested.type(), 0, size);
        }
        return found;
    }

    /** As {@link #access}, but stops at the first struct or union that starts at the offset. */
    Found step(int type, long offset, int size) {
        int at = btf.strip(type);
        long rest = offset;
        while (btf.type(at) instanceof BtfType.Composite composite) {
            throughUnion |= composite.union() && composite.members().size() != 1;
            Step step = rest + size > composite.size() ? beyond(composite, rest, size) : inside(composite, rest, size);
            if (step instanceof Step.Into into) {
                at = into.type();
                rest = into.offset();
            } else {
                return ((Step.Done) step).found();
            }
        }
        return new Found.Nothing("Type '" + btf.name(at) + "' is not a struct");
    }

    private sealed interface Step {
        record Into(int type, long offset) implements Step {}

        record Done(Found found) implements Step {}
    }

    private static Step number() {
        return new Step.Done(new Found.Number());
    }

    private static Step nothing(String message) {
        return new Step.Done(new Found.Nothing(message));
    }

    /** Behind the end there may be elements of an array whose length nobody wrote down. */
    private Step beyond(BtfType.Composite composite, long offset, int size) {
        Step refused = nothing("access beyond struct %s at off %d size %d".formatted(composite.name(), offset, size));
        List<BtfType.Member> members = composite.members();
        if (!flexibleArrays || members.isEmpty()) {
            return refused;
        }
        BtfType.Member last = members.getLast();
        int start = last.bitOffset() / 8;
        if (!(btf.type(btf.strip(last.type())) instanceof BtfType.Array array)
                || array.length() != 0
                || offset < start) {
            return refused;
        }
        int element = btf.strip(array.element());
        return switch (btf.type(element)) {
            case BtfType.Int number -> number();
            case BtfType.Composite inner
            when inner.size() > 0 -> new Step.Into(element, (offset - start) % inner.size());
            default -> refused;
        };
    }

    private Step inside(BtfType.Composite composite, long offset, int size) {
        for (BtfType.Member member : composite.members()) {
            int start = member.bitOffset() / 8;
            if (offset + size <= start) {
                break;
            }
            if (member.bitfieldSize() != 0) {
                int end = (member.bitOffset() + member.bitfieldSize() + 7) / 8;
                if (offset <= start && end <= offset + size) {
                    return number();
                }
                continue;
            }
            if (offset < start) {
                break;
            }
            OptionalInt bytes = layout.knownSize(member.type());
            if (bytes.isEmpty()) {
                return nothing("field " + member.name() + " doesn't have size");
            }
            if (offset < start + bytes.getAsInt()) {
                return member(composite, member, offset, size, start + bytes.getAsInt());
            }
        }
        return nothing("struct %s doesn't have field at offset %d".formatted(composite.name(), offset));
    }

    /** @param end of the whole member, all elements of an array included: numbers may be read across elements */
    private Step member(BtfType.Composite composite, BtfType.Member member, long offset, int size, int end) {
        int type = innermost(member.type());
        int bytes = layout.size(type);
        int first = member.bitOffset() / 8;
        long start = first + (offset - first) / bytes * bytes;
        return switch (btf.type(type)) {
            case BtfType.Composite inner when offset == start -> new Step.Done(new Found.Nested(type));
            case BtfType.Composite inner -> new Step.Into(type, offset - start);
            case BtfType.Pointer pointer
            when offset != start || size != bytes ->
                nothing("cannot access ptr member %s with moff %d in struct %s with off %d size %d"
                        .formatted(member.name(), start, composite.name(), offset, size));
            case BtfType.Pointer pointer -> new Step.Done(pointer(pointer, member.name()));
            default -> {
                boolean tooLong = offset + size > end && !throughUnion;
                yield tooLong
                        ? nothing("access beyond the end of member %s (mend:%d) in struct %s with off %d size %d"
                                .formatted(member.name(), end, composite.name(), offset, size))
                        : number();
            }
        };
    }

    /** The element of an array, or of an array of arrays; otherwise the type itself; without qualifiers. */
    private int innermost(int type) {
        int at = btf.strip(type);
        while (btf.type(at) instanceof BtfType.Array array) {
            at = btf.strip(array.element());
        }
        return at;
    }

    private Found pointer(BtfType.Pointer pointer, String field) {
        int target = btf.strip(pointer.target());
        if (!(btf.type(target) instanceof BtfType.Composite)) {
            return new Found.OtherPointer();
        }
        return new Found.ObjectPointer(target, typeTag(btf, pointer), field);
    }

    /** The type tag next to a pointer's asterisk, "" if there is none. */
    static String typeTag(Btf btf, BtfType.Pointer pointer) {
        return btf.type(pointer.target()) instanceof BtfType.TypeTag tag && !tag.attribute() ? tag.name() : "";
    }
}

package dev.skep.verifier.transfer;

import dev.skep.object.map.MapType;
import dev.skep.verifier.kernel.SocketKind;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** What a comparison with null makes of a pointer and its copies ({@code mark_ptr_or_null_regs}). */
final class NullChecks {
    private NullChecks() {}

    /** True for pointers that cannot be null, so that comparing them with 0 is decided. */
    static boolean isNeverNull(Pointer pointer) {
        if (pointer.maybeNull()) {
            return false;
        }
        return switch (pointer.region()) {
            case Region.Socket socket -> socket.kind() != SocketKind.XDP_SOCK;
            case Region.MapValue value -> true;
            case Region.MapKey key -> true;
            case Region.MapObject map -> true;
            case Region.Memory memory -> !memory.untrusted();
            case Region.KernelObject object -> TrustRules.isTrusted(pointer);
            default -> false;
        };
    }

    /** One of two equal pointers cannot be null, so the other is not either. */
    static void sameAsValid(ProgramState equal, Pointer left, Pointer right) {
        boolean objects = left.region() instanceof Region.KernelObject || right.region() instanceof Region.KernelObject;
        Pointer valid = left.maybeNull() ? right : left;
        boolean maybeZero = valid.region() instanceof Region.Arena
                || (valid.region() instanceof Region.Memory memory && memory.untrusted());
        if (left.maybeNull() != right.maybeNull() && !objects && !maybeZero) {
            markNotNull(equal, left.maybeNull() ? left : right);
        }
    }

    /** {@code pointer} and its copies are null: the number 0, and nothing needs to be given back for them. */
    static void isNull(ProgramState state, Pointer pointer) {
        if (!hasPlainOffset(pointer)) {
            return;
        }
        int reference = pointer.referenceId();
        if (reference != 0 && reference == pointer.id()) {
            state.release(held -> held.kind() == Held.Kind.REFERENCE && held.id() == reference);
        }
        state.replaceValues(value -> isCopy(value, pointer) ? Scalar.ZERO : value);
    }

    /** {@code pointer} and its copies can be used. */
    static void isNotNull(ProgramState state, Pointer pointer, Environment environment) {
        if (hasPlainOffset(pointer)) {
            int lookup = environment.paths().newId();
            state.replaceValues(value -> isCopy(value, pointer) ? valid((Pointer) value, lookup) : value);
        }
    }

    private static void markNotNull(ProgramState state, Pointer pointer) {
        if (hasPlainOffset(pointer)) {
            state.replaceValues(value -> isCopy(value, pointer) ? valid((Pointer) value, pointer.id()) : value);
        }
    }

    private static boolean hasPlainOffset(Pointer pointer) {
        boolean objectPart = pointer.region() instanceof Region.KernelObject;
        return objectPart || (pointer.hasConstantOffset() && pointer.constantOffset() == 0);
    }

    private static boolean isCopy(Value value, Pointer pointer) {
        return value instanceof Pointer other && other.maybeNull() && other.id() == pointer.id();
    }

    /** @param lookup tells the inner map that this pointer leads to from others */
    private static Pointer valid(Pointer pointer, int lookup) {
        return switch (pointer.region()) {
            case Region.MapValue value -> mapValue(pointer, value, lookup);
            case Region.MapObject map -> pointer.nonNull(map, 0);
            case Region.KernelObject object ->
                pointer.nonNull(object, object.nonOwning() || object.allocated() ? pointer.id() : 0);
            default -> pointer.nonNull(pointer.region(), 0);
        };
    }

    private static Pointer mapValue(Pointer pointer, Region.MapValue value, int lookup) {
        MapDescriptor map = value.map();
        if (map.inner().isPresent()) {
            return pointer.nonNull(new Region.MapObject(map.inner().get(), lookup), 0);
        }
        if (map.type() == MapType.XSKMAP) {
            return pointer.nonNull(new Region.Socket(SocketKind.XDP_SOCK), 0);
        }
        if (map.type() == MapType.SOCKMAP || map.type() == MapType.SOCKHASH) {
            return pointer.nonNull(new Region.Socket(SocketKind.SOCKET), 0);
        }
        // Which value it is matters where a lock lies in it.
        boolean keepsId = map.has(SpecialField.Kind.SPIN_LOCK) || map.has(SpecialField.Kind.RES_SPIN_LOCK);
        return pointer.nonNull(value, keepsId ? pointer.id() : 0);
    }
}

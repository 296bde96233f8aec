package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.SocketKind;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;

/** Which kinds of values an argument takes ({@code check_reg_type}). */
final class ArgumentKinds {
    private ArgumentKinds() {}

    /** @param keeps the argument is to be kept in a map: objects of the program's own will do, too */
    static void check(Value value, int register, ArgumentType type, boolean keeps) {
        boolean fits = value instanceof Pointer pointer
                ? takes(type, pointer, keeps) && (!pointer.maybeNull() || type.is(TypeModifier.OR_NULL))
                : value instanceof Scalar && takesNumber(type);
        if (!fits) {
            boolean nullable = value instanceof Pointer pointer && pointer.maybeNull() && mayTake(type, pointer);
            throw Refusal.ofRegister(
                    nullable ? Cause.NULLABLE_POINTER : Cause.HELPER_ARGUMENT,
                    register,
                    "R" + register + " type=" + TypeName.of(value) + " expected=" + expected(type));
        }
    }

    /** What a look-up in a map of maps gives is a map, once it is known not to be null. */
    private static boolean mayTake(ArgumentType type, Pointer pointer) {
        boolean innerMap = type.kind() == ArgumentType.Kind.CONST_MAP_PTR
                && pointer.region() instanceof Region.MapValue value
                && value.map().inner().isPresent();
        return innerMap || takes(type, pointer, false);
    }

    private static boolean takesNumber(ArgumentType type) {
        return switch (type.kind()) {
            case CONST_SIZE, CONST_SIZE_OR_ZERO, CONST_ALLOC_SIZE_OR_ZERO -> true;
            default -> false;
        };
    }

    private static boolean takes(ArgumentType type, Pointer pointer, boolean keeps) {
        Region region = pointer.region();
        return switch (type.kind()) {
            case MAP_KEY, MAP_VALUE, MEM -> isMemory(type, region);
            case CONST_MAP_PTR -> region instanceof Region.MapObject;
            case CTX -> region instanceof Region.Context;
            case SOCK_COMMON -> region instanceof Region.Socket;
            case BTF_ID_SOCK_COMMON ->
                region instanceof Region.Socket
                        || (region instanceof Region.KernelObject object
                                && !object.allocated()
                                && (object.trust() == Trust.WALKED || object.trust() == Trust.TRUSTED));
            case SOCKET -> region instanceof Region.Socket socket && socket.kind() == SocketKind.SOCKET;
            case BTF_ID ->
                region instanceof Region.KernelObject object
                        && ((keeps && object.allocated()) || (!object.allocated() && !object.perCpu()))
                        && !object.user()
                        && !object.nonOwning()
                        && object.trust() != Trust.UNTRUSTED;
            case SPIN_LOCK, KPTR_XCHG_DEST ->
                region instanceof Region.MapValue
                        || (region instanceof Region.KernelObject object
                                && object.allocated()
                                && !object.perCpu()
                                && object.trust() == Trust.WALKED);
            case RINGBUF_MEM -> region instanceof Region.Memory memory && memory.allocated();
            case PERCPU_BTF_ID ->
                region instanceof Region.KernelObject object
                        && object.perCpu()
                        && !object.allocated()
                        && !object.user()
                        && object.trust() != Trust.UNTRUSTED;
            case FUNC -> region instanceof Region.FunctionAddress;
            case STACK -> region instanceof Region.Stack;
            case CONST_STR, TIMER -> region instanceof Region.MapValue;
            case DYNPTR -> region instanceof Region.Stack || region instanceof Region.ConstDynptr;
            case ANYTHING, CONST_SIZE, CONST_SIZE_OR_ZERO, CONST_ALLOC_SIZE_OR_ZERO -> false;
        };
    }

    private static boolean isMemory(ArgumentType type, Region region) {
        return switch (region) {
            case Region.Stack stack -> true;
            case Region.Packet packet -> packet != Region.Packet.END;
            case Region.MapKey key -> true;
            case Region.MapValue value -> true;
            case Region.Memory memory -> !memory.untrusted() && (!memory.readOnly() || type.is(TypeModifier.RDONLY));
            case Region.Buffer buffer -> !buffer.readOnly() || type.is(TypeModifier.RDONLY);
            case Region.KernelObject object ->
                object.trust() == Trust.TRUSTED && !object.allocated() && !object.user() && !object.perCpu();
            default -> false;
        };
    }

    private static String expected(ArgumentType type) {
        return switch (type.kind()) {
            case MAP_KEY, MAP_VALUE, MEM ->
                "fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf, trusted_ptr_";
            case CONST_MAP_PTR -> "map_ptr";
            case CTX -> "ctx";
            case SOCK_COMMON -> "sock_common, sock, tcp_sock, xdp_sock";
            case BTF_ID_SOCK_COMMON -> "sock_common, sock, tcp_sock, xdp_sock, ptr_, trusted_ptr_";
            case SOCKET -> "sock";
            case BTF_ID -> "ptr_, trusted_ptr_, rcu_ptr_";
            case SPIN_LOCK, KPTR_XCHG_DEST -> "map_value, alloc_ptr_";
            case RINGBUF_MEM -> "ringbuf_mem";
            case PERCPU_BTF_ID -> "percpu_ptr_, percpu_rcu_ptr_, percpu_trusted_ptr_";
            case FUNC -> "func";
            case STACK -> "fp";
            case CONST_STR, TIMER -> "map_value";
            case DYNPTR -> "fp, dynptr_ptr";
            case ANYTHING, CONST_SIZE, CONST_SIZE_OR_ZERO, CONST_ALLOC_SIZE_OR_ZERO -> "scalar";
        };
    }
}

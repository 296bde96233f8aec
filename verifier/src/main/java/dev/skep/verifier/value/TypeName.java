package dev.skep.verifier.value;

/** What the kernel's log calls the kinds of values ({@code reg_type_str}, kernel/bpf/log.c). */
public final class TypeName {
    private TypeName() {}

    /** For example {@code map_value_or_null}. */
    public static String of(Value value) {
        return switch (value) {
            case Uninitialized none -> "?";
            case Scalar scalar -> "scalar";
            case Pointer pointer -> of(pointer.region(), pointer.maybeNull());
        };
    }

    /** For example {@code trusted_ptr_or_null_task_struct}. */
    public static String of(Region region, boolean maybeNull) {
        String orNull = maybeNull ? "_or_null" : "";
        return switch (region) {
            case Region.Context context -> "ctx" + orNull;
            case Region.Stack stack -> "fp";
            case Region.MapObject map -> "map_ptr" + orNull;
            case Region.MapValue value -> "map_value" + orNull;
            case Region.MapKey key -> "map_key" + orNull;
            case Region.Packet packet -> packet(packet);
            case Region.FlowKeys keys -> "flow_keys";
            case Region.Socket socket -> socket.kind().kernelName() + orNull;
            case Region.Memory memory -> memory(memory) + orNull;
            case Region.Buffer buffer -> (buffer.readOnly() ? "rdonly_" : "") + "buf" + orNull;
            case Region.TracepointBuffer buffer -> "tp_buffer";
            case Region.KernelObject object ->
                prefix(object) + "ptr_" + (maybeNull ? "or_null_" : "")
                        + object.type().name();
            case Region.FunctionAddress function -> "func";
            case Region.Arena arena -> "arena";
            case Region.ConstDynptr dynptr -> "dynptr_ptr";
        };
    }

    private static String packet(Region.Packet packet) {
        return switch (packet) {
            case DATA -> "pkt";
            case META -> "pkt_meta";
            case END -> "pkt_end";
        };
    }

    private static String memory(Region.Memory memory) {
        return (memory.readOnly() ? "rdonly_" : "")
                + (memory.allocated() ? "ringbuf_" : "")
                + (memory.untrusted() ? "untrusted_" : "")
                + "mem";
    }

    private static String prefix(Region.KernelObject object) {
        String trust = switch (object.trust()) {
            case WALKED -> "";
            case TRUSTED -> "trusted_";
            case RCU -> "rcu_";
            case UNTRUSTED -> "untrusted_";
        };
        return (object.user() ? "user_" : "")
                + (object.perCpu() ? "percpu_" : "")
                + trust
                + (object.allocated() ? "alloc_" : "")
                + (object.nonOwning() ? "non_own_" : "");
    }
}

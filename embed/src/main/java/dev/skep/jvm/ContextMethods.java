package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.java.StructType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Methods of contexts. The context comes first. */
final class ContextMethods {
    static final Map<String, BpfOnly.Body> BODIES = new HashMap<>();

    /** The farthest from a packet's start that {@code packet} reaches: what a BPF verifier follows. */
    private static final int FARTHEST = 0xffff;

    /** Where functions on x86-64 have their arguments (System V ABI). */
    private static final List<String> ARGUMENT_REGISTERS = List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9");

    static {
        for (String context : List.of("SkBuff", "SockAddr", "SockoptCall", "SkMsgContext", "SockOpsContext")) {
            BODIES.put(context + ".sk", (run, a) -> socket(run, field(run, context(a), "sk")));
        }
        for (String context : List.of("XdpContext", "SkBuff", "SkMsgContext", "ReuseportContext")) {
            BODIES.put(context + ".packet", ContextMethods::packet);
            BODIES.put(context + ".length", (run, a) -> length(run, context(a)));
        }
        BODIES.put("PtRegs.argument", (run, a) -> field(run, context(a), ARGUMENT_REGISTERS.get(index(a))));
        BODIES.put(
                "TracepointArguments.argument",
                (run, a) -> run.execution()
                        .sandbox()
                        .getLong(context(a).place$().address() + (long) Long.BYTES * index(a)));
    }

    private ContextMethods() {}

    private static Located context(@Nullable Object[] arguments) {
        return (Located) Objects.requireNonNull(arguments[0], "context");
    }

    private static int index(@Nullable Object[] arguments) {
        return (Integer) Objects.requireNonNull(arguments[1], "index");
    }

    private static long field(JavaRun run, Located context, String name) {
        StructType.Field field =
                run.classes().layout(context.getClass()).field(name).orElseThrow();
        long address = context.place$().address() + field.offset();
        return MemoryNumber.read(run.execution().sandbox(), address, (FieldType.Number) field.type());
    }

    /** A socket for programs. @param pointer to it, 0 for null */
    static @Nullable Object socket(JavaRun run, long pointer) {
        long address = pointer & 0xffff_ffffL;
        return address == 0 ? null : run.struct(run.classes().language("context.BpfSock"), address);
    }

    private static int length(JavaRun run, Located context) {
        return (int) (field(run, context, "data_end") - field(run, context, "data"));
    }

    private static @Nullable Object packet(JavaRun run, @Nullable Object[] arguments) {
        Located context = context(arguments);
        int offset = index(arguments);
        Class<?> type = (Class<?>) Objects.requireNonNull(arguments[2], "type");
        boolean there =
                offset >= 0 && offset <= FARTHEST && offset + run.classes().size(type) <= length(run, context);
        return there ? run.struct(type, (field(run, context, "data") & 0xffff_ffffL) + offset) : null;
    }
}

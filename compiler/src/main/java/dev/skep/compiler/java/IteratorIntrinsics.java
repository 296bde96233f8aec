package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.context.IteratorContext}. */
final class IteratorIntrinsics {
    private static final String CONTEXT = "dev/skep/lang/context/IteratorContext";
    private static final String META = "dev/skep/lang/kernel/IteratorMeta";
    private static final String STRUCT = "Ldev/skep/lang/kernel/KernelStruct;";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method(CONTEXT, "object", "(Ljava/lang/Class;)" + STRUCT),
            call -> object(call, 0, call.classLiteral(1)),
            new Intrinsic.Method(CONTEXT, "object", "(ILjava/lang/Class;)" + STRUCT),
            call -> object(call, (int) call.constant(1), call.classLiteral(2)),
            new Intrinsic.Method(CONTEXT, "number", "()J"),
            call -> Optional.of(meta(call, "seq_num")),
            new Intrinsic.Method(CONTEXT, "printf", "(Ljava/lang/String;[Ljava/lang/Object;)V"),
            IteratorIntrinsics::printf,
            new Intrinsic.Method(CONTEXT, "write", "(Ldev/skep/lang/Struct;)I"),
            IteratorIntrinsics::write);

    private IteratorIntrinsics() {}

    /** The context is pointers, the first to what the kernel says of the run. */
    private static Value pointer(Call call, int index, Pointer type) {
        return call.emitter()
                .add(new Operation.Load(call.pointer(0), index * Long.BYTES, Int.I64, false, type, Optional.empty()));
    }

    private static Optional<Operand> object(Call call, int index, String className) {
        Value pointer = pointer(call, index + 1, Pointer.nullable(Provenance.KERNEL));
        return Optional.of(new Operand.Reference(pointer, className));
    }

    private static Operand meta(Call call, String field) {
        KernelType type = call.unit().kernel().of(META);
        Value meta = pointer(call, 0, Pointer.to(Provenance.KERNEL));
        return new KernelMemory(call.emitter())
                .get(meta, type, type.field(field).orElseThrow());
    }

    private static Value output(Call call) {
        return ((Operand.Reference) meta(call, "seq")).pointer();
    }

    private static Optional<Operand> printf(Call call) {
        if (!(call.argument(1) instanceof Operand.Text(String format))
                || !(call.argument(2) instanceof Operand.Arguments(List<Operand> elements))) {
            throw new Refusal("printf", "format or arguments are not known here", "write them at the call");
        }
        PrintFormat.check(format, elements);
        Emitter emitter = call.emitter();
        List<Value> numbers = elements.stream()
                .map(element -> LogIntrinsics.number(call, element))
                .toList();
        Value array = numbers.isEmpty()
                ? Constant.nullPointer(Pointer.nullable(Provenance.STACK))
                : LogIntrinsics.array(emitter, numbers);
        List<Value> arguments = List.of(
                output(call),
                emitter.add(call.unit().globals().text(format)),
                Constant.of(format.getBytes(StandardCharsets.UTF_8).length + 1L),
                array,
                Constant.of((long) Long.BYTES * numbers.size()));
        emitter.add(new Operation.CallHelper(HelperId.SEQ_PRINTF, arguments, Type.Nothing.VOID));
        return Optional.empty();
    }

    private static Optional<Operand> write(Call call) {
        long size = call.unit().layouts().of(call.className(1)).type().size();
        Value result =
                call.emitter().call(HelperId.SEQ_WRITE, List.of(output(call), call.pointer(1), Constant.of(size)));
        return Optional.of(new Operand.Number(call.emitter().narrow(result)));
    }
}

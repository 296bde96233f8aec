package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.kernel}, and arguments that are structures of the kernel. */
final class KernelIntrinsics {
    private static final String KERNEL = "dev/skep/lang/kernel/Kernel";
    private static final String STRUCT = "Ldev/skep/lang/kernel/KernelStruct;";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method(KERNEL, "at", "(JLjava/lang/Class;)" + STRUCT),
            KernelIntrinsics::at,
            new Intrinsic.Method(KERNEL, "currentTask", "(Ljava/lang/Class;)" + STRUCT),
            KernelIntrinsics::currentTask,
            new Intrinsic.Method(KERNEL, "has", "(Ljava/lang/Class;Ljava/lang/String;)Z"),
            KernelIntrinsics::has,
            new Intrinsic.Method(KERNEL, "copy", "([B[B)I"),
            KernelIntrinsics::copy,
            new Intrinsic.Method(
                    "dev/skep/lang/context/TracepointArguments", "kernel", "(ILjava/lang/Class;)" + STRUCT),
            KernelIntrinsics::argument);

    private KernelIntrinsics() {}

    private static Optional<Operand> at(Call call) {
        String className = call.classLiteral(1);
        Value pointer = call.emitter()
                .add(new Operation.Reinterpret(call.number(0), Pointer.nullable(Provenance.KERNEL_ADDRESS)));
        return Optional.of(new Operand.Reference(pointer, className));
    }

    private static Optional<Operand> currentTask(Call call) {
        Value task = call.emitter()
                .add(new Operation.CallHelper(HelperId.GET_CURRENT_TASK_BTF, List.of(), Pointer.to(Provenance.KERNEL)));
        return Optional.of(new Operand.Reference(task, call.classLiteral(0)));
    }

    private static Optional<Operand> has(Call call) {
        KernelType type = call.unit().kernel().of(call.classLiteral(0));
        if (!(call.argument(1) instanceof Operand.Text(String name))) {
            throw new Refusal("has", "the field's name is not a literal", "write it at the call");
        }
        KernelType.Field field = type.field(name)
                .orElseThrow(() -> new Refusal(
                        "has(\"" + name + "\")",
                        ClassPool.simpleName(type.className()) + " declares no such field",
                        "declare it in the class"));
        return Optional.of(new Operand.Number(call.emitter()
                .add(new Operation.Relocated(CoreRelocationKind.FIELD_EXISTS, type.path(field), 1, Int.I32))));
    }

    private static Optional<Operand> copy(Call call) {
        if (!(call.argument(0) instanceof Operand.Array target)
                || !(call.argument(1) instanceof Operand.Array source)) {
            throw new Refusal("copy", "the arrays are not parts of structs", "use fields of structs");
        }
        Value size = Constant.of((long) Math.min(target.length(), source.length()));
        Value result =
                call.emitter().call(HelperId.PROBE_READ_KERNEL, List.of(target.pointer(), size, source.pointer()));
        return Optional.of(new Operand.Number(call.emitter().narrow(result)));
    }

    /** Where the kernel knows the types of a program's arguments, its memory is read directly, elsewhere by a helper. */
    private static Optional<Operand> argument(Call call) {
        Provenance provenance = call.emitter().hasTypedArguments() ? Provenance.KERNEL : Provenance.KERNEL_ADDRESS;
        Value pointer = call.emitter()
                .add(new Operation.Load(
                        call.pointer(0),
                        8 * (int) call.constant(1),
                        Int.I64,
                        false,
                        Pointer.nullable(provenance),
                        Optional.empty()));
        return Optional.of(new Operand.Reference(pointer, call.classLiteral(2)));
    }
}

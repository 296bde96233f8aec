package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.kernel}, and arguments that are structures of the kernel. */
final class KernelIntrinsics {
    private static final String KERNEL = "dev/skep/lang/kernel/Kernel";
    private static final String STRUCT = "Ldev/skep/lang/kernel/KernelStruct;";

    private static final String TEXT = "Ljava/lang/String;";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            method("at", "(JLjava/lang/Class;)" + STRUCT),
            KernelIntrinsics::at,
            method("hasFunction", "(Ljava/lang/Class;" + TEXT + ")Z"),
            KernelIntrinsics::hasFunction,
            method("currentTask", "(Ljava/lang/Class;)" + STRUCT),
            KernelIntrinsics::currentTask,
            method("has", "(Ljava/lang/Class;" + TEXT + ")Z"),
            KernelIntrinsics::hasField,
            method("has", "(Ljava/lang/Class;)Z"),
            call -> ofType(call, CoreRelocationKind.TYPE_EXISTS, 1),
            method("sizeOf", "(Ljava/lang/Class;)I"),
            KernelIntrinsics::sizeOf,
            method("hasValue", "(" + TEXT + TEXT + ")Z"),
            call -> ofEnumeration(call, CoreRelocationKind.ENUMERATOR_EXISTS, 1),
            method("value", "(" + TEXT + TEXT + ")I"),
            call -> ofEnumeration(call, CoreRelocationKind.ENUMERATOR_VALUE, 0),
            method("copy", "([B[B)I"),
            KernelIntrinsics::copy,
            new Intrinsic.Method(
                    "dev/skep/lang/context/TracepointArguments", "kernel", "(ILjava/lang/Class;)" + STRUCT),
            KernelIntrinsics::argument);

    private KernelIntrinsics() {}

    private static Intrinsic.Method method(String name, String descriptor) {
        return new Intrinsic.Method(KERNEL, name, descriptor);
    }

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

    private static Optional<Operand> hasField(Call call) {
        KernelType type = call.unit().kernel().of(call.classLiteral(0));
        String name = call.text(1);
        KernelType.Field field = type.field(name)
                .orElseThrow(() -> new Refusal(
                        "has(\"" + name + "\")",
                        ClassPool.simpleName(type.className()) + " declares no such field",
                        "declare it in the class"));
        return relocated(call, CoreRelocationKind.FIELD_EXISTS, type.path(field), 1);
    }

    private static Optional<Operand> hasFunction(Call call) {
        Value there =
                call.unit().kernelFunctions().isThere(call.unit(), call.classLiteral(0), call.text(1), call.emitter());
        return Optional.of(new Operand.Number(there));
    }

    private static Optional<Operand> sizeOf(Call call) {
        int declared = call.unit().kernel().of(call.classLiteral(0)).type().size();
        return ofType(call, CoreRelocationKind.TYPE_SIZE, declared);
    }

    private static Optional<Operand> ofType(Call call, CoreRelocationKind kind, int local) {
        KernelType type = call.unit().kernel().of(call.classLiteral(0));
        return relocated(call, kind, new FieldPath(type.type(), "0"), local);
    }

    /** The local enumeration has just the enumerator that is asked about. */
    private static Optional<Operand> ofEnumeration(Call call, CoreRelocationKind kind, int local) {
        CType.Enumeration enumeration = new CType.Enumeration(
                call.text(0), Integer.BYTES, false, List.of(new CType.Enumerator(call.text(1), 0)));
        return relocated(call, kind, new FieldPath(enumeration, "0"), local);
    }

    private static Optional<Operand> relocated(Call call, CoreRelocationKind kind, FieldPath path, int local) {
        return Optional.of(new Operand.Number(call.emitter().add(new Operation.Relocated(kind, path, local, Int.I32))));
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
        Provenance provenance =
                call.emitter().kernelAccess() == KernelAccess.BY_HELPER ? Provenance.KERNEL_ADDRESS : Provenance.KERNEL;
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

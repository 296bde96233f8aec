package dev.skep.compiler.java;

import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.kernel.Kernel} that take memory of the kernel for something else. */
final class KernelViewIntrinsics {
    private static final String KERNEL = "dev/skep/lang/kernel/Kernel";
    private static final String STRUCT = "Ldev/skep/lang/kernel/KernelStruct;";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method(KERNEL, "cast", "(" + STRUCT + "Ljava/lang/Class;)" + STRUCT),
            KernelViewIntrinsics::cast,
            new Intrinsic.Method(KERNEL, "view", "([JLjava/lang/Class;)Ldev/skep/lang/Struct;"),
            KernelViewIntrinsics::view);

    private KernelViewIntrinsics() {}

    private static Optional<Operand> cast(Call call) {
        return Optional.of(new Operand.Reference(call.pointer(0), call.classLiteral(1)));
    }

    private static Optional<Operand> view(Call call) {
        String className = call.classLiteral(1);
        int size = call.unit().layouts().of(className).type().size();
        if (!(call.argument(0) instanceof Operand.Array array)) {
            throw new Refusal("view", "the array is no part of a struct", "use a field of a struct");
        }
        if (size > array.length() * array.element().size()) {
            throw new Refusal(
                    "view",
                    ClassPool.simpleName(className) + " has " + size + " bytes, more than the array",
                    "leave out fields, or make them smaller");
        }
        return Optional.of(new Operand.Reference(array.pointer(), className));
    }
}

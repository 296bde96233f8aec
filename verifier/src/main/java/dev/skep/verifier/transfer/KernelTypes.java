package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.value.KernelType;
import java.util.Optional;
import java.util.OptionalInt;

/** Types of the kernel by their names. */
final class KernelTypes {
    private KernelTypes() {}

    /** A struct or union of the kernel, if its types are known and it has one of this name. */
    static Optional<KernelType> named(Environment environment, String name) {
        return environment.kernel().types().flatMap(btf -> named(btf, name));
    }

    /** A struct or union of this name. */
    static Optional<KernelType> named(Btf btf, String name) {
        OptionalInt id = btf.find(name, BtfType.Composite.class);
        return id.isPresent() ? Optional.of(new KernelType(btf, id.getAsInt())) : Optional.empty();
    }

    /** Whether the type is one of the kernel's rather than of the program's own. */
    static boolean isKernels(Environment environment, KernelType type) {
        return environment
                .kernel()
                .types()
                .filter(btf -> sameTypes(btf, type.btf()))
                .isPresent();
    }

    @SuppressWarnings("ReferenceEquality") // comparing two kernels' types by content would take seconds
    private static boolean sameTypes(Btf one, Btf other) {
        return one == other;
    }

    /** A name without what follows three underscores, as programs name their views of one type of the kernel. */
    static String withoutFlavour(String name) {
        int flavour = name.indexOf("___");
        return flavour > 0 ? name.substring(0, flavour) : name;
    }

    /** What the function of this name takes and returns. */
    static Optional<BtfType.FunctionPrototype> functionPrototype(Btf btf, String function) {
        OptionalInt id = btf.find(function, BtfType.Function.class);
        return id.isPresent()
                        && btf.type(id.getAsInt()) instanceof BtfType.Function found
                        && btf.type(found.prototype()) instanceof BtfType.FunctionPrototype prototype
                ? Optional.of(prototype)
                : Optional.empty();
    }

    /** The prototype that a type, a pointer to functions, points to. */
    static Optional<BtfType.FunctionPrototype> pointedPrototype(Btf btf, int type) {
        return btf.type(btf.strip(type)) instanceof BtfType.Pointer pointer
                        && btf.type(btf.strip(pointer.target())) instanceof BtfType.FunctionPrototype prototype
                ? Optional.of(prototype)
                : Optional.empty();
    }
}

package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.value.KernelType;
import java.util.Optional;
import java.util.OptionalInt;

/** Finding types of the kernel's by name. */
final class KernelTypes {
    private KernelTypes() {}

    /** The struct or union of this name; empty if there is none, or the kernel's types are not known. */
    static Optional<KernelType> named(Environment environment, String name) {
        if (environment.kernel().types().isEmpty()) {
            return Optional.empty();
        }
        Btf btf = environment.kernel().types().get();
        OptionalInt id = btf.find(name, BtfType.Composite.class);
        return id.isPresent() ? Optional.of(new KernelType(btf, id.getAsInt())) : Optional.empty();
    }
}

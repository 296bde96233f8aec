package dev.skep.verifier.transfer;

import dev.skep.object.btf.BtfType;

/** What the end of a kernel function's parameter's name says of it (Documentation/bpf/kfuncs.rst). */
enum ParameterSuffix {
    /** The size of the memory in the parameter before. */
    SIZE("__sz"),
    /** The same, a constant that also bounds what is returned. */
    CONSTANT_SIZE("__szk"),
    /** A constant. */
    CONSTANT("__k"),
    /** Not looked at. */
    IGNORED("__ign"),
    /** Filled in by the kernel with the program itself. */
    PROGRAM("__prog"),
    /** An object that is made by the call. */
    UNINITIALIZED("__uninit"),
    /** The memory may be null. */
    OPTIONAL("__opt"),
    NULLABLE("__nullable"),
    /** An allocated object. */
    ALLOCATED("__alloc"),
    /** An allocated object that counts its references. */
    REFERENCE_COUNTED("__refcounted_kptr"),
    /** A constant string. */
    STRING("__str"),
    MAP("__map"),
    ITERATOR("__iter"),
    IRQ_FLAG("__irq_flag");

    private final String ending;

    ParameterSuffix(String ending) {
        this.ending = ending;
    }

    boolean marks(BtfType.Parameter parameter) {
        return parameter.name().endsWith(ending);
    }
}

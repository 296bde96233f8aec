package dev.skep.object.program;

/** A symbol the object expects somebody else to define. {@code weak}: may be absent, and is then 0. */
public sealed interface ExternSpec {
    /** Symbol name. */
    String name();

    /** May be absent. */
    boolean weak();

    /**
     * {@code extern int CONFIG_HZ __kconfig;}: a kernel configuration value or a virtual one such as
     * {@code LINUX_KERNEL_VERSION}.
     *
     * @param typeId id of its BTF type @param offset in the {@code .kconfig} map's value @param size in bytes
     */
    record Kconfig(String name, boolean weak, int typeId, int offset, int size) implements ExternSpec {}

    /** {@code extern const int bpf_prog_active __ksym;}. @param typeId id of its BTF type, 0 for {@code extern const void} */
    record KernelVariable(String name, boolean weak, int typeId) implements ExternSpec {}

    /** A kfunc. @param typeId id of its BTF FUNC */
    record KernelFunction(String name, boolean weak, int typeId) implements ExternSpec {}
}

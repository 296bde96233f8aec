package dev.skep.verifier.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the rules ask of whoever loads a program: capabilities(7), of which CAP_SYS_ADMIN stands for all. Kernels before 5.8 had only that.
 */
public enum Capability {
    /** Loops, functions, large programs, most types of maps and programs: {@code bpf_capable}. */
    BPF,
    /** Seeing addresses, and not being guarded against speculation: {@code bpf_allow_ptr_leaks}, {@code bpf_bypass_spec_v1}. */
    PERFMON,
    /** Programs and maps that steer the network: {@code is_net_admin_prog_type}. */
    NET_ADMIN;

    /** Every one: root's. */
    public static final Set<Capability> ALL = Set.copyOf(EnumSet.allOf(Capability.class));

    /** As capabilities(7) and the kernel's headers spell it: {@code CAP_PERFMON}. */
    public String systemName() {
        return "CAP_" + name();
    }
}

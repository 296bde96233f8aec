package dev.skep.verifier.transfer;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The function pointer that a {@code struct_ops} program implements: a member of a struct that the kernel takes from programs
 * ({@code check_struct_ops_btf_id}).
 *
 * @param structure the struct's name in the kernel: {@code tcp_congestion_ops}
 * @param member the pointer's name: {@code ssthresh}
 */
record StructOpsMember(String structure, String member) {
    /** What the kernel keeps such structs in is named after them. */
    private static final String VALUE_PREFIX = "bpf_struct_ops_";

    /** {@code bpf_scx_check_member}, kernel/sched/ext.c. */
    private static final Set<String> SLEEPABLE_SCHEDULER_MEMBERS = Set.of(
            "init_task",
            "cgroup_init",
            "cgroup_exit",
            "cgroup_prep_move",
            "cpu_online",
            "cpu_offline",
            "init",
            "exit",
            "sub_attach",
            "sub_detach");

    /** The member that a variable of {@code object} gives the program as, if any does. */
    static Optional<StructOpsMember> of(BpfObject object, ProgramSpec program) {
        for (StructOpsSpec variable : object.structOps()) {
            for (StructOpsSpec.Member member : variable.members()) {
                if (member.program().equals(program.name())) {
                    String name = object.btf().name(object.btf().strip(variable.typeId()));
                    return Optional.of(new StructOpsMember(KernelTypes.withoutFlavour(name), member.name()));
                }
            }
        }
        return Optional.empty();
    }

    /** The kernel takes structs of this type from programs. */
    boolean isSupported(Btf kernel) {
        return kernel.find(VALUE_PREFIX + structure, BtfType.Composite.class).isPresent();
    }

    /**
     * The kernel takes a program for this member ({@code check_member} of {@code bpf_struct_ops}).
     *
     * @param sleepable the program may sleep
     */
    boolean isAllowed(boolean sleepable) {
        return switch (structure) {
            case "tcp_congestion_ops" -> !member.equals("get_info");
            case "bpf_dummy_ops" -> !sleepable || member.equals("test_sleepable");
            case "sched_ext_ops" -> !sleepable || SLEEPABLE_SCHEDULER_MEMBERS.contains(member);
            default -> true;
        };
    }

    /** A socket that is going away has no options to set or ask for ({@code bpf_tcp_ca_get_func_proto}, net/ipv4/bpf_tcp_ca.c). */
    boolean mayCall(HelperId helper) {
        boolean options = helper == HelperId.SETSOCKOPT || helper == HelperId.GETSOCKOPT;
        return !options || !structure.equals("tcp_congestion_ops") || !member.equals("release");
    }

    /** What the function takes and returns; empty if the kernel's struct has no such pointer. */
    Optional<BtfType.FunctionPrototype> prototype(Btf kernel) {
        OptionalInt id = kernel.find(structure, BtfType.Composite.class);
        if (id.isEmpty() || !(kernel.type(id.getAsInt()) instanceof BtfType.Composite composite)) {
            return Optional.empty();
        }
        return composite.members().stream()
                .filter(each -> each.name().equals(member))
                .findFirst()
                .flatMap(each -> KernelTypes.pointedPrototype(kernel, each.type()));
    }

    /**
     * The kernel's stand-in for the function, whose parameters' names say what may be null ({@code __nullable}) and what is handed over
     * ({@code __ref}); empty if it has none ({@code prepare_arg_info}, kernel/bpf/bpf_struct_ops.c).
     */
    Optional<BtfType.FunctionPrototype> stub(Btf kernel) {
        return KernelTypes.functionPrototype(kernel, structure + "__" + member);
    }
}

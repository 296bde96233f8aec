package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;
import java.util.Set;

/**
 * Whether programs of this kind can be attached to what they name ({@code check_attach_btf_id}, {@code bpf_check_attach_target}).
 *
 * <p>Which functions let their result be replaced, or a program sleep, is a list in the kernel's memory that its BTF does not show
 * ({@code ALLOW_ERROR_INJECTION}): of other functions than those known never to, it is taken to be so.
 */
final class TargetRules {
    /** Functions that tracing them would call again: {@code btf_id_deny}, kernel/bpf/verifier.c. */
    private static final Set<String> UNTRACEABLE = Set.of(
            "migrate_disable",
            "migrate_enable",
            "rcu_read_unlock_strict",
            "preempt_count_add",
            "preempt_count_sub",
            "__rcu_read_lock",
            "__rcu_read_unlock");

    /** Functions that do not return: {@code noreturn_deny}, kernel/bpf/verifier.c. */
    private static final Set<String> NOT_RETURNING = Set.of(
            "__ia32_sys_exit",
            "__ia32_sys_exit_group",
            "__x64_sys_exit",
            "__x64_sys_exit_group",
            "do_exit",
            "do_group_exit",
            "kthread_complete_and_exit",
            "kthread_exit",
            "make_task_dead");

    /** Functions whose errors are injected where nothing may sleep: {@code btf_non_sleepable_error_inject}. */
    private static final Set<String> NOT_SLEEPABLE =
            Set.of("__filemap_add_folio", "should_fail_alloc_page", "should_failslab");

    /** {@code MAX_BPF_FUNC_ARGS}, include/linux/bpf.h. */
    private static final int MOST_ARGUMENTS = 12;

    private TargetRules() {}

    /** @throws Refusal if the program cannot be attached to what it names */
    static void check(Environment environment) {
        ProgramKind kind = environment.kind();
        if (kind.type() == ProgramType.SYSCALL && !kind.sleepable()) {
            throw new Refusal(Cause.SLEEPING, "Syscall programs can only be sleepable");
        }
        boolean hook = kind.type() == ProgramType.LSM && kind.target().isPresent();
        if (kind.sleepable() && !hook && !environment.kernel().maySleep(kind)) {
            throw new Refusal(
                    Cause.SLEEPING,
                    "Only fentry/fexit/fsession/fmod_ret, lsm, iter, uprobe, and struct_ops programs can be sleepable");
        }
        if (!Target.isTyped(kind.type())) {
            return;
        }
        boolean gpl = Licenses.isGplCompatible(environment.code().object().license());
        if (!gpl && kind.type() == ProgramType.STRUCT_OPS) {
            throw new Refusal(Cause.LICENSE, "struct ops programs must have a GPL compatible license");
        }
        environment.kernel().types().ifPresent(btf -> checkTarget(environment, btf, gpl));
    }

    private static void checkTarget(Environment environment, Btf btf, boolean gpl) {
        ProgramKind kind = environment.kind();
        if (kind.type() == ProgramType.STRUCT_OPS) {
            checkMember(btf, environment.structOpsMember(), kind.sleepable());
            return;
        }
        Optional<Target> target = Target.of(btf, kind, Optional.empty());
        if (target.isEmpty()) {
            throw new Refusal(
                    Cause.TYPE_INFORMATION, "failed to find kernel BTF type ID of '" + Target.symbol(kind) + "': -3");
        }
        checkPrototype(btf, kind, target.get());
        if (kind.type() == ProgramType.LSM) {
            checkHook(environment, kind, gpl);
        } else if (traces(kind)) {
            checkFunction(kind);
        }
    }

    private static void checkMember(Btf btf, Optional<StructOpsMember> found, boolean sleepable) {
        StructOpsMember member = found.orElseThrow(() -> new Refusal(
                Cause.TYPE_INFORMATION,
                "attach_btf_id 0 is not a supported struct: no variable in .struct_ops names the program"));
        if (!member.isSupported(btf)) {
            throw new Refusal(Cause.TYPE_INFORMATION, "struct " + member.structure() + " is not a supported struct");
        }
        if (member.prototype(btf).isEmpty()) {
            throw new Refusal(
                    Cause.TYPE_INFORMATION,
                    "attach to invalid member " + member.member() + " of struct " + member.structure());
        }
        if (!member.isAllowed(sleepable)) {
            throw new Refusal(
                    Cause.POLICY,
                    "attach to unsupported member " + member.member() + " of struct " + member.structure());
        }
    }

    private static boolean traces(ProgramKind kind) {
        return switch (kind.attachTypeOrDefault()) {
            case TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN -> true;
            default -> false;
        };
    }

    /** {@code btf_distill_func_proto}: calls of these functions can be intercepted. */
    private static void checkPrototype(Btf btf, ProgramKind kind, Target target) {
        if (kind.attachesTo(AttachType.TRACE_RAW_TP)) {
            return;
        }
        BtfType.FunctionPrototype prototype = target.prototype();
        if (prototype.parameters().size() > MOST_ARGUMENTS) {
            throw new Refusal(
                    Cause.POLICY,
                    "The function %s has %d arguments. Too many."
                            .formatted(target.name(), prototype.parameters().size()));
        }
        if (prototype.variadic()) {
            throw new Refusal(Cause.POLICY, "The function " + target.name() + " with variable args is unsupported.");
        }
        for (int i = 0; i < prototype.parameters().size(); i++) {
            int type = btf.strip(prototype.parameters().get(i).type());
            boolean fits = switch (btf.type(type)) {
                case BtfType.Int number -> number.size() <= 8;
                case BtfType.Enumeration number -> true;
                case BtfType.Pointer pointer -> true;
                case BtfType.Composite composite -> !composite.union() && composite.size() <= 16;
                default -> false;
            };
            if (!fits) {
                throw new Refusal(
                        Cause.POLICY,
                        "The function %s arg%d type %s is unsupported.".formatted(target.name(), i, btf.kind(type)));
            }
        }
    }

    private static void checkHook(Environment environment, ProgramKind kind, boolean gpl) {
        String hook = kind.target().orElse("");
        if (kind.sleepable() && !environment.kernel().maySleep(kind)) {
            throw new Refusal(Cause.SLEEPING, Target.symbol(kind) + " is not sleepable");
        }
        if (!gpl) {
            throw new Refusal(Cause.LICENSE, "LSM programs must have a GPL compatible license");
        }
        if (!environment.kernel().mayAttachToHook(hook)) {
            throw new Refusal(Cause.POLICY, "points to disabled hook " + Target.symbol(kind));
        }
    }

    private static void checkFunction(ProgramKind kind) {
        String function = kind.target().orElse("");
        if (kind.sleepable() && NOT_SLEEPABLE.contains(function)) {
            throw new Refusal(Cause.SLEEPING, function + " is not sleepable");
        }
        if (UNTRACEABLE.contains(function)) {
            throw new Refusal(Cause.POLICY, "Attaching tracing programs to function '" + function + "' is rejected.");
        }
        boolean afterwards = !kind.attachesTo(AttachType.TRACE_FENTRY);
        if (afterwards && NOT_RETURNING.contains(function)) {
            throw new Refusal(
                    Cause.POLICY,
                    "Attaching fexit/fsession/fmod_ret to __noreturn function '" + function + "' is rejected.");
        }
    }
}

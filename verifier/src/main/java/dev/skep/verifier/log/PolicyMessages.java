package dev.skep.verifier.log;

/** Messages about what a program may not use or do at all: helpers, kernel functions, maps, hooks, tail calls, sleeping: kernel/bpf/verifier.c, check_helper_call, check_attach_btf_id and around. */
final class PolicyMessages {
    static final String TABLE = """
            policy | no direct value access support for this map type
            tail-call | tail_call abusing map_ptr
            license | cannot call GPL-restricted function from non-GPL compatible program
            license | cannot call GPL only function from proprietary program
            license | cannot call kernel function from non-GPL compatible program
            license | struct ops programs must have a GPL compatible license
            policy | unknown func {callee}
            policy | program of this type cannot use helper {callee}
            policy | func {callee} not supported for program type #
            policy | func {callee} supported only for *
            policy | helper call is not allowed in probe
            policy | cannot pass map_type # into func {callee}
            policy | cannot update sockmap in this context
            policy | expected prog array map for tail call
            policy | cannot get callchain buffer for func {callee}
            policy | function calls to other bpf functions are allowed for *
            policy | * is allowed only to CAP_PERFMON and CAP_SYS_ADMIN
            policy | metadata kfuncs require device-bound program
            policy | metadata kfuncs can't be offloaded
            policy | * cannot be used in tracing programs on types with NMI unsafe fields
            policy | signed *
            policy | cannot resolve signing keyring with keyring_id #
            policy | failed to read signed metadata map *
            policy | signature verification failed: #
            policy | program's hash doesn't match map's excl_prog_hash
            policy | program requires BPF JIT compiler but it is not available
            policy | freplace programs with ># args not supported yet
            policy | Tracing program can only be attached to another program annotated with BTF
            policy | Only FENTRY/FEXIT/FSESSION progs are attachable to another BPF prog
            policy | Private stack not supported by jit
            policy | stack args are not supported in non-JITed programs
            policy | arena argument of * requires a program with an associated arena
            sleeping | BPF_LSM_CGROUP programs cannot be sleepable
            sleeping | Program of this type cannot be sleepable
            sleeping | Sleepable program cannot attach to non-faultable tracepoint *
            sleeping | kernel function * is sleepable but the program is not
            sleeping | sleepable * in non-sleepable *
            tail-call | program with __ref argument cannot tail call
            tail-call | mixing of tail_calls and bpf-to-bpf calls is not supported
            tail-call | cannot tail call within callback
            tail-call | adding tail call poke descriptor failed
            sleeping | sleepable global function *() called in *
            critical-section | kernel func * requires RCU critical section protection
            policy | calling kernel function {callee} is not allowed
            policy | calling kernel functions are not allowed in non-JITed programs
            policy | loading/calling other bpf or kernel functions are allowed for *
            policy | destructive kfunc calls require CAP_SYS_BOOT capabilit*
            policy | css_task_iter is only allowed in *
            policy | BPF_LD_[ABS|IND] instructions not allowed for this program type
            policy | only one cgroup storage of each type is allowed
            policy | BPF_MAP_TYPE_* not supported*
            policy | bpf_struct_ops map cannot be used in prog
            policy | Only one arena per program
            policy | CAP_BPF and CAP_PERFMON are required to use arena
            policy | arena's user address must be set via map_extra or mmap()
            policy | JIT doesn't support *
            policy | JIT does not support *
            policy | JIT is required *
            policy | JIT *
            policy | The total number of maps per program has reached the limit of #
            policy | socket filter progs cannot use bpf_spin_lock yet
            policy | tracing progs cannot use bpf_spin_lock yet
            policy | perf_event programs can only use preallocated hash map
            policy | trace type programs can only use preallocated hash map
            policy | trace type programs with run-time allocated hash maps are unsafe*
            policy | offload device mismatch between prog and map
            policy | Target program bound device mismatch*
            policy | get_func_* not supported*
            policy | Can't attach *
            policy | Only FENTRY/FEXIT progs are attachable to another BPF prog
            policy | Extension program*
            policy | FENTRY/FEXIT program can only be attached to another program annotated with BTF
            policy | Cannot extend fentry/*
            policy | Cannot recursively attach
            policy | Cannot replace * functions
            policy | Cannot find btf of tracepoint template, *
            policy | Cannot nest tracing program attach more than once
            policy | Cannot attach to a target with arena context arguments
            policy | Can attach to only JITed progs
            policy | can't modify return codes of BPF programs
            policy | Attaching * is rejected.
            policy | Attach to function * is not supported for this attach type
            policy | *() is not modifiable
            policy | attach_btf_id # *
            type-information | attach to invalid member *
            type-information | attach to unsupported member *
            policy | The address of function * cannot be found
            license | LSM programs must have a GPL compatible license
            policy | LSM programs must *
            policy | Tracing programs must provide btf_id
            sleeping | Syscall programs can only be sleepable
            sleeping | Only fentry/fexit/fmod_ret, lsm, iter, uprobe, and struct_ops programs can be sleepable
            sleeping | * programs can be sleepable
            policy | * is not sleepable
            policy | * programs cannot attach to exception callback
            policy | struct_ops module * is not found
            policy | ret type * not allowed for fmod_ret
            policy | callbacks are not allowed in non-JITed programs
            tail-call | tail_calls are not allowed *
            tail-call | tail_call is *
            tail-call | tail_call would lead to reference leak
            tail-call | tail_call cannot be used inside *
            tail-call | tracking tail call prog failed
            tail-call | cannot tail call within exception cb
            tail-call | LD_ABS is not allowed in subprogs without BTF
            return-value | LD_ABS is only allowed in functions that return 'int'.
            type-information | invalid func unknown#195896080
            type-information | invalid func unknown#2001*
            too-new | invalid func {callee}
            too-new | kernel function * is not supported
            too-new | failed to find BTF for kernel function
            too-new | kernel btf_id # is not a function
            critical-section | expected *initialized irq flag as arg#{index}
            critical-section | arg#{index} doesn't point to an irq flag on stack
            exception | exception callback *
            exception | exception cb *
            exception | invalid exception callback insn_off in func_info: #
            exception | insn # cannot call exception cb directly
            exception | bpf_throw kfunc (insn #) cannot be called from callback subprog #
            exception | multiple exception callback tags for main subprog
            exception | bpf_throw *
            sleeping | helper call might sleep in a non-sleepable prog
            sleeping | program must be sleepable to call sleepable kfunc *
            policy | Sleepable programs can only use *
            sleeping | sleepable * in non-preemptible region
            sleeping | sleepable helper * in rcu_read_lock region
            sleeping | sleepable helper * in *
            sleeping | kernel func * is sleepable within *
            critical-section | global functions that may sleep are not allowed in *
            critical-section | helper call might sleep in *
            """;

    private PolicyMessages() {}
}

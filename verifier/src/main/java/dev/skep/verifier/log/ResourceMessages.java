package dev.skep.verifier.log;

/** Messages about what must be given back: references, locks, sections. kernel/bpf/verifier.c, check_reference_leak, process_spin_lock and around. */
final class ResourceMessages {
    static final String TABLE = """
            reference | Unreleased reference id=# alloc_insn={acquired}
            reference | Leaking reference id=# alloc_insn={acquired}. Release it first.
            reference | release * expects referenced PTR_TO_BTF_ID passed to R{register}
            reference | reference has not been acquired before
            reference | func * reference has not been acquired before
            reference | kfunc * reference has not been acquired before
            reference | BPF_LD_[ABS|IND] cannot be mixed with socket references
            reference | BPF_LD_[ABS|IND] would lead to reference leak
            reference | arg {argument} is an unacquired reference
            reference | allocated object must be referenced
            reference | acquire kernel function does not return PTR_TO_BTF_ID
            reference | release kernel function * expects refcounted PTR_TO_BTF_ID
            reference | rbtree_remove node input must be non-owning ref
            +reference | * would lead to reference leak
            lock | bpf_spin_unlock of different lock
            lock | bpf_res_spin_unlock of different lock
            lock | bpf_spin_unlock without taking a lock
            lock | *_unlock of different lock
            lock | *_unlock without taking a lock
            lock | *_unlock cannot be out of order
            lock | Acquiring the same lock again, AA deadlock detected
            lock | can't res_spin_{lock,unlock} in rbtree cb
            lock | * not allowed in rbtree cb
            lock | Failed to acquire lock state
            lock | failed to push state for failed lock acquisition
            lock | failed to mark s32 range for retval in forked state for lock
            lock | bpf_*spin_unlock*
            lock | Locking two bpf_spin_locks are not allowed
            lock | bpf_spin_lock at off=# must be held for *
            lock | bpf_spin_unlock is missing*
            lock | bpf_spin_lock is missing*
            lock | BPF_LD_[ABS|IND] cannot be used inside bpf_spin_lock-ed region
            lock | bpf_throw cannot be used inside bpf_spin_lock-ed region
            lock | tail_call cannot be used inside bpf_spin_lock-ed region
            lock | BPF_EXIT instruction* cannot be used inside bpf_spin_lock-ed region
            lock | * cannot be used inside bpf_spin_lock-ed region
            lock | function calls are not allowed while holding a lock
            lock | global function calls are not allowed while holding a lock,*
            lock | can't spin_{lock,unlock} in rbtree cb
            lock | rbtree_remove not allowed in rbtree cb
            +lock | use static function instead
            critical-section | # bpf_preempt_enable* missing
            critical-section | * cannot be used inside *region
            critical-section | # bpf_preempt_disable* missing
            critical-section | * bpf_preempt_disable* missing
            critical-section | unmatched rcu read unlock *
            critical-section | nested rcu read lock *
            critical-section | unmatched attempt to enable preemption *
            critical-section | bpf_rcu_read_unlock is missing
            critical-section | expected an RCU CS when using *
            critical-section | Calling bpf_rcu_read_{lock,unlock} in unnecessary rbtree callback
            critical-section | cannot restore irq state out of order*
            critical-section | bpf_local_irq_restore*
            critical-section | global function calls are not allowed with *
            """;

    private ResourceMessages() {}
}

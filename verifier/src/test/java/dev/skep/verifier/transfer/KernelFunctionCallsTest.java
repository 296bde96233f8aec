package dev.skep.verifier.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelFunctionCallsTest {
    private static final String NEW_ITERATOR = """
                    r1 = r10
                    r1 += -8
                    r2 = 0
                    r3 = 10
                    call kfunc bpf_iter_num_new
            """;
    private static final String NEXT = """
                    r1 = r10
                    r1 += -8
                    call kfunc bpf_iter_num_next
            """;
    private static final String DESTROY = """
                    r1 = r10
                    r1 += -8
                    call kfunc bpf_iter_num_destroy
            """;
    private static final String RETURN = """
                    r0 = 0
                    exit
            """;
    private static final String FLAGS = """
                    r1 = r10
                    r1 += -8
            """;

    private final KernelFunctions kernel = new KernelFunctions();

    private static String call(String function) {
        return "        call kfunc " + function + "\n";
    }

    @Test
    void loopsOverAnIteratorEndWhateverTheyCount() {
        String loop = "        r6 = 0\n" + NEW_ITERATOR + "again:\n" + NEXT
                + "        if r0 == 0 goto done\n        r6 += 1\n        goto again\ndone:\n" + DESTROY + RETURN;
        assertThat(kernel.complaint(loop)).isEmpty();
    }

    @Test
    void elementsAreReadAfterACheckOnly() {
        assertThat(kernel.complaint(NEW_ITERATOR + NEXT + "        r1 = *(u32 *)(r0 + 0)\n" + DESTROY + RETURN))
                .startsWith("R0 invalid mem access");
        assertThat(kernel.complaint(NEW_ITERATOR + NEXT
                        + "        if r0 == 0 goto done\n        r1 = *(u32 *)(r0 + 0)\ndone:\n" + DESTROY + RETURN))
                .isEmpty();
    }

    @Test
    void iteratorsAreMadeBeforeTheyAreUsedAndDestroyedAtTheEnd() {
        assertThat(kernel.complaint(NEXT + RETURN)).isEqualTo("expected an initialized iter_num as arg #0");
        assertThat(kernel.complaint(NEW_ITERATOR + NEW_ITERATOR + DESTROY + RETURN))
                .isEqualTo("expected uninitialized iter_num as arg #0");
        assertThat(kernel.complaint(NEW_ITERATOR + RETURN)).startsWith("Unreleased reference id=");
    }

    @Test
    void whatIsAcquiredIsReleasedOnce() {
        String create = call("bpf_cpumask_create");
        String release =
                "        if r0 == 0 goto out\n        r6 = r0\n        r1 = r6\n" + call("bpf_cpumask_release");
        assertThat(kernel.complaint(create + release + "out:\n" + RETURN)).isEmpty();
        assertThat(kernel.complaint(create + RETURN)).startsWith("Unreleased reference id=");
        assertThat(kernel.complaint(
                        create + release + "        r1 = r6\n" + call("bpf_cpumask_release") + "out:\n" + RETURN))
                .isNotEmpty();
        assertThat(kernel.complaint(create + "        r1 = r0\n" + call("bpf_cpumask_release") + RETURN))
                .isEqualTo("Possibly NULL pointer passed to trusted arg0");
    }

    @Test
    void sectionsUnderRcuAreBalancedAndNestSince619() {
        String lock = call("bpf_rcu_read_lock");
        String unlock = call("bpf_rcu_read_unlock");
        assertThat(kernel.complaint(lock + unlock + RETURN)).isEmpty();
        assertThat(kernel.complaint(unlock + RETURN))
                .isEqualTo("unmatched rcu read unlock (kernel function bpf_rcu_read_unlock)");
        assertThat(kernel.complaint(lock + RETURN))
                .isEqualTo("BPF_EXIT instruction cannot be used inside bpf_rcu_read_lock-ed region");
        String nested = lock + lock + unlock + unlock + RETURN;
        assertThat(kernel.complaint("6.18", nested))
                .isEqualTo("nested rcu read lock (kernel function bpf_rcu_read_lock)");
        assertThat(kernel.complaint("6.19", nested)).isEmpty();
    }

    @Test
    void sectionsWithoutPreemptionNestAndAreBalanced() {
        String disable = call("bpf_preempt_disable");
        String enable = call("bpf_preempt_enable");
        assertThat(kernel.complaint(disable + disable + enable + enable + RETURN))
                .isEmpty();
        assertThat(kernel.complaint(disable + disable + enable + RETURN))
                .isEqualTo("BPF_EXIT instruction cannot be used inside bpf_preempt_disable-ed region");
        assertThat(kernel.complaint(enable + RETURN))
                .isEqualTo("unmatched attempt to enable preemption (kernel function bpf_preempt_enable)");
    }

    @Test
    void savedInterruptsAreRestoredTheLastFirst() {
        String save = FLAGS + call("bpf_local_irq_save");
        String restore = FLAGS + call("bpf_local_irq_restore");
        assertThat(kernel.complaint(save + restore + RETURN)).isEmpty();
        assertThat(kernel.complaint(restore + RETURN)).isEqualTo("expected an initialized irq flag as arg#0");
        String other = "        r1 = r10\n        r1 += -16\n" + call("bpf_local_irq_save");
        assertThat(kernel.complaint(save + other + restore + RETURN))
                .startsWith("cannot restore irq state out of order, expected id=");
        assertThat(kernel.complaint(save + RETURN))
                .isEqualTo("BPF_EXIT instruction cannot be used inside bpf_local_irq_save-ed region");
    }

    @Test
    void nothingSleepsInASection() {
        String sleeps = """
                        r1 = r10
                        r1 += -8
                        r2 = 8
                """ + call("bpf_copy_from_user_str");
        String lock = call("bpf_rcu_read_lock");
        assertThat(kernel.complaint(lock + sleeps + call("bpf_rcu_read_unlock") + RETURN))
                .contains("bpf_copy_from_user_str");
    }

    @Test
    void throwingEndsTheProgramAndNothingMayBeHeld() {
        String thrown = "        r1 = 0\n" + call("bpf_throw");
        assertThat(kernel.complaint(thrown + RETURN)).isEmpty();
        assertThat(kernel.complaint(call("bpf_rcu_read_lock") + thrown + RETURN))
                .isEqualTo("bpf_throw cannot be used inside bpf_rcu_read_lock-ed region");
    }

    @Test
    void olderKernelsDoNotHaveNewerFunctions() {
        assertThat(kernel.complaint("6.3", NEW_ITERATOR + DESTROY + RETURN))
                .isEqualTo("calling kernel function bpf_iter_num_new is not allowed");
    }
}

package dev.skep.engine.helper;

import dev.skep.engine.Execution;

/**
 * {@code bpf_spin_lock} and {@code bpf_spin_unlock} (0 free, 1 taken, in the u32 of {@code struct bpf_spin_lock}), and {@code
 * bpf_kptr_xchg}.
 */
final class ExchangeHelpers {
    /** A holder runs a handful of instructions; whoever waits longer than this waits for a lock nobody will release. */
    private static final int PATIENCE = 50_000_000;

    private ExchangeHelpers() {}

    static long lock(Execution run, long lock, long r2, long r3, long r4, long r5) {
        for (int tries = 0; tries < PATIENCE; tries++) {
            if (run.sandbox().atomics().compareAndExchange(lock, 0, 1) == 0) {
                return 0;
            }
            Thread.onSpinWait();
        }
        throw run.trap("the spin lock at 0x" + Long.toHexString(lock) + " is never released");
    }

    static long unlock(Execution run, long lock, long r2, long r3, long r4, long r5) {
        run.sandbox().atomics().storeRelease(lock, 4, 0);
        return 0;
    }

    /** {@code bpf_kptr_xchg}: stores a pointer in a map value and returns the one that was there. */
    static long exchange(Execution run, long slot, long pointer, long r3, long r4, long r5) {
        return run.sandbox().atomics().getAndSet(slot, pointer);
    }
}

package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/** {@code struct bpf_spin_lock} in a value, as programs take it: 0 free, 1 taken. */
final class SpinLock {
    /** A holder runs a handful of instructions; who waits longer waits for a lock that nobody gives back. */
    private static final int PATIENCE = 50_000_000;

    private SpinLock() {}

    /** @return false if the lock is never given back */
    static boolean acquire(Sandbox sandbox, long lock) {
        for (int tries = 0; tries < PATIENCE; tries++) {
            if (sandbox.atomics().compareAndExchange(lock, 0, 1) == 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    static void release(Sandbox sandbox, long lock) {
        sandbox.atomics().storeRelease(lock, Integer.BYTES, 0);
    }
}

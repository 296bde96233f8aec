package dev.skep.linux.feature;

/** Tries something out. */
@FunctionalInterface
interface Probe {
    /**
     * Asks the kernel.
     *
     * @throws dev.skep.object.host.HostException if what the question needs is itself refused
     */
    Support ask();
}

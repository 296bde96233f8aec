package dev.skep.lang.map;

/**
 * Stack traces by numbers, which {@code Bpf.stackId} gives them: up to 127 addresses, the innermost first, zeros behind the last. Since
 * Linux 4.6.
 */
@MapKind("STACK_TRACE")
public final class StackTraces extends BpfMap {
    /** A map. @param maxEntries how many there can be, a constant */
    public StackTraces(int maxEntries) {
        super(maxEntries);
    }
}

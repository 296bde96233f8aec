package dev.skep.engine;

import dev.skep.engine.network.Network;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What stands for the rest of the kernel, the same for all CPUs of an engine.
 *
 * @param cpus number of logical CPUs, at least 1
 * @param clock what the time helpers read
 * @param trace gets what programs print with {@code bpf_trace_printk}, a message without its final line break at a time;
 *     called from the thread that runs the program
 * @param network interfaces, routes and neighbours for {@code bpf_fib_lookup} and redirects
 * @param observer sees what programs do, if anybody does
 */
public record Environment(
        int cpus, KernelClock clock, Consumer<String> trace, Network network, Optional<RunObserver> observer) {}

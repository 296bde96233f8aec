package dev.skep.engine;

import dev.skep.engine.network.Network;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an engine is set up. Start from {@link #defaults()} and change what matters:
 * {@code EngineOptions.defaults().withChecked(true).withCpus(4)}.
 *
 * @param checked checked mode: traps every access outside a live region. For tests and unverified programs
 * @param cpus number of logical CPUs, 1 to 4096
 * @param instructionBudget instructions a single run may execute before it is ended, at least 1
 * @param clock what the time helpers read
 * @param seed of the random numbers programs get; empty for a different one each time
 * @param trace gets what programs print, see {@link Environment#trace()}
 * @param network interfaces, routes and neighbours programs may ask about
 * @param kernelTypes the types CO-RE relocations are fitted to, for example the running kernel's; empty for the object's own
 * @param kernelVersion what {@code LINUX_KERNEL_VERSION} says
 * @param kernelConfig values of {@code CONFIG_*} as in a kernel's configuration file: {@code y}, {@code m}, {@code 250},
 *     {@code "text"}
 */
public record EngineOptions(
        boolean checked,
        int cpus,
        long instructionBudget,
        KernelClock clock,
        Optional<Long> seed,
        Consumer<String> trace,
        Network network,
        Optional<Btf> kernelTypes,
        KernelVersion kernelVersion,
        Map<String, String> kernelConfig) {
    /** Far more than a verified program can execute without long callbacks, and still only seconds. */
    private static final long DEFAULT_BUDGET = 1_000_000_000L;

    private static final int MOST_CPUS = 4096;

    /** @throws IllegalArgumentException if the number of CPUs or the budget is out of range */
    public EngineOptions {
        if (cpus < 1 || cpus > MOST_CPUS) {
            throw new IllegalArgumentException("cpus is " + cpus + ", not 1 to " + MOST_CPUS);
        }
        if (instructionBudget < 1) {
            throw new IllegalArgumentException("instructionBudget is " + instructionBudget + ", not at least 1");
        }
        kernelConfig = Map.copyOf(kernelConfig);
    }

    /**
     * One CPU, unchecked, a thousand million instructions a run, the machine's clock, Linux 6.12 with an empty
     * configuration and no network; what programs print is dropped.
     */
    public static EngineOptions defaults() {
        return new EngineOptions(
                false,
                1,
                DEFAULT_BUDGET,
                KernelClock.SYSTEM,
                Optional.empty(),
                line -> {},
                Network.EMPTY,
                Optional.empty(),
                new KernelVersion(6, 12),
                Map.of());
    }

    /** Checked mode or not. */
    public EngineOptions withChecked(boolean newChecked) {
        return new EngineOptions(
                newChecked,
                cpus,
                instructionBudget,
                clock,
                seed,
                trace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With this many logical CPUs, 1 to 4096. */
    public EngineOptions withCpus(int newCpus) {
        return new EngineOptions(
                checked,
                newCpus,
                instructionBudget,
                clock,
                seed,
                trace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With another limit on the instructions of a run, at least 1. */
    public EngineOptions withInstructionBudget(long newInstructionBudget) {
        return new EngineOptions(
                checked,
                cpus,
                newInstructionBudget,
                clock,
                seed,
                trace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With other clocks. */
    public EngineOptions withClock(KernelClock newClock) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                newClock,
                seed,
                trace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With random numbers that are the same on every run. */
    public EngineOptions withSeed(long newSeed) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                Optional.of(newSeed),
                trace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With another place for what programs print. */
    public EngineOptions withTrace(Consumer<String> newTrace) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                seed,
                newTrace,
                network,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With another network. */
    public EngineOptions withNetwork(Network newNetwork) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                seed,
                trace,
                newNetwork,
                kernelTypes,
                kernelVersion,
                kernelConfig);
    }

    /** With CO-RE relocations fitted to these types. */
    public EngineOptions withKernelTypes(Btf newKernelTypes) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                seed,
                trace,
                network,
                Optional.of(newKernelTypes),
                kernelVersion,
                kernelConfig);
    }

    /** With another {@code LINUX_KERNEL_VERSION}. */
    public EngineOptions withKernelVersion(KernelVersion newKernelVersion) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                seed,
                trace,
                network,
                kernelTypes,
                newKernelVersion,
                kernelConfig);
    }

    /** With other {@code CONFIG_*} values. */
    public EngineOptions withKernelConfig(Map<String, String> newKernelConfig) {
        return new EngineOptions(
                checked,
                cpus,
                instructionBudget,
                clock,
                seed,
                trace,
                network,
                kernelTypes,
                kernelVersion,
                newKernelConfig);
    }
}

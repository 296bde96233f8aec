package dev.skep.engine;

import dev.skep.engine.network.Network;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.verifier.kernel.KernelModel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an engine is set up. Start from {@link #defaults()} and change what matters:
 * {@code EngineOptions.defaults().withChecked(true).withCpus(4)}.
 *
 * @param backend how programs are run
 * @param checked checked mode: traps every access outside a live region. For tests and unverified programs
 * @param trustedPrograms outside checked mode: programs are not verified, see {@link #withTrustedPrograms}
 * @param cpus number of logical CPUs, 1 to 4096
 * @param instructionBudget instructions a single run may execute before it is ended, at least 1
 * @param clock what the time helpers read
 * @param seed of the random numbers programs get; empty for a different one each time
 * @param trace gets what programs print, see {@link Environment#trace()}
 * @param network interfaces, routes and neighbours programs may ask about
 * @param kernelTypes the types CO-RE relocations are fitted to and programs are verified with, for example the running
 *     kernel's; empty for the object's own
 * @param kernelVersion the kernel whose rules programs are verified by, and what {@code LINUX_KERNEL_VERSION} says; an older one
 *     than the newest refuses what that one lacks, though the engine may have it
 * @param kernelConfig values of {@code CONFIG_*} as in a kernel's configuration file: {@code y}, {@code m}, {@code 250},
 *     {@code "text"}
 * @param observer sees what programs do while they run, see {@link #withObserver}
 */
public record EngineOptions(
        Backend backend,
        boolean checked,
        boolean trustedPrograms,
        int cpus,
        long instructionBudget,
        KernelClock clock,
        Optional<Long> seed,
        Consumer<String> trace,
        Network network,
        Optional<Btf> kernelTypes,
        KernelVersion kernelVersion,
        Map<String, String> kernelConfig,
        Optional<RunObserver> observer) {
    /** How programs are run. */
    public enum Backend {
        /** Instruction by instruction: the reference. */
        INTERPRETER,
        /** Translated to bytecode when they are loaded, which the JVM compiles to machine code. */
        JIT
    }

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
     * One CPU, programs verified and then run unchecked, a thousand million instructions a run, the machine's clock, the newest Linux that the verifier
     * knows with an empty configuration and no network; what programs print is dropped.
     */
    public static EngineOptions defaults() {
        return new EngineOptions(
                Backend.JIT,
                false,
                false,
                1,
                DEFAULT_BUDGET,
                KernelClock.SYSTEM,
                Optional.empty(),
                line -> {},
                Network.EMPTY,
                Optional.empty(),
                KernelModel.newest().version(),
                Map.of(),
                Optional.empty());
    }

    /** Interpreted or translated. */
    public EngineOptions withBackend(Backend newBackend) {
        return with(draft -> draft.backend = newBackend);
    }

    /**
     * Checked mode or not. In checked mode programs are not verified when they are loaded, but every access is judged when they
     * run; outside it they run at full speed, and a program that the verifier rejects is not loaded.
     */
    public EngineOptions withChecked(boolean newChecked) {
        return with(draft -> draft.checked = newChecked);
    }

    /**
     * With programs that are loaded unverified and run unchecked outside checked mode, or not. Only for bytecode whose origin is
     * trusted: conformance suites, benchmarks and tests of the engine, whose programs the verifier would reject. Such a program
     * can loop until its budget is used up and read and write all of the engine's own 4 GiB, though nothing outside.
     */
    public EngineOptions withTrustedPrograms(boolean newTrustedPrograms) {
        return with(draft -> draft.trustedPrograms = newTrustedPrograms);
    }

    /** True if a program has to be accepted by the verifier to be loaded: neither checked mode nor trusted programs. */
    boolean verifiesPrograms() {
        return !checked && !trustedPrograms;
    }

    /** With this many logical CPUs, 1 to 4096. */
    public EngineOptions withCpus(int newCpus) {
        return with(draft -> draft.cpus = newCpus);
    }

    /** With another limit on the instructions of a run, at least 1. */
    public EngineOptions withInstructionBudget(long newInstructionBudget) {
        return with(draft -> draft.instructionBudget = newInstructionBudget);
    }

    /** With other clocks. */
    public EngineOptions withClock(KernelClock newClock) {
        return with(draft -> draft.clock = newClock);
    }

    /** With random numbers that are the same on every run. */
    public EngineOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = Optional.of(newSeed));
    }

    /** With another place for what programs print. */
    public EngineOptions withTrace(Consumer<String> newTrace) {
        return with(draft -> draft.trace = newTrace);
    }

    /** With another network. */
    public EngineOptions withNetwork(Network newNetwork) {
        return with(draft -> draft.network = newNetwork);
    }

    /** With CO-RE relocations fitted to these types instead of the object's own. */
    public EngineOptions withKernelTypes(Btf newKernelTypes) {
        return with(draft -> draft.kernelTypes = Optional.of(newKernelTypes));
    }

    /** With the rules of another kernel, which {@code LINUX_KERNEL_VERSION} then names. */
    public EngineOptions withKernelVersion(KernelVersion newKernelVersion) {
        return with(draft -> draft.kernelVersion = newKernelVersion);
    }

    /** With these {@code CONFIG_*} values. */
    public EngineOptions withKernelConfig(Map<String, String> newKernelConfig) {
        return with(draft -> draft.kernelConfig = newKernelConfig);
    }

    /** With somebody who sees what programs do while they run, in checked mode and interpreted: it turns both on. */
    public EngineOptions withObserver(RunObserver newObserver) {
        return with(draft -> {
            draft.observer = Optional.of(newObserver);
            draft.checked = true;
            draft.backend = Backend.INTERPRETER;
        });
    }

    private EngineOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** Options while one of them changes. */
    private static final class Draft {
        private Backend backend;
        private boolean checked;
        private boolean trustedPrograms;
        private int cpus;
        private long instructionBudget;
        private KernelClock clock;
        private Optional<Long> seed;
        private Consumer<String> trace;
        private Network network;
        private Optional<Btf> kernelTypes;
        private KernelVersion kernelVersion;
        private Map<String, String> kernelConfig;
        private Optional<RunObserver> observer;

        Draft(EngineOptions options) {
            backend = options.backend;
            checked = options.checked;
            trustedPrograms = options.trustedPrograms;
            cpus = options.cpus;
            instructionBudget = options.instructionBudget;
            clock = options.clock;
            seed = options.seed;
            trace = options.trace;
            network = options.network;
            kernelTypes = options.kernelTypes;
            kernelVersion = options.kernelVersion;
            kernelConfig = options.kernelConfig;
            observer = options.observer;
        }

        EngineOptions finished() {
            return new EngineOptions(
                    backend,
                    checked,
                    trustedPrograms,
                    cpus,
                    instructionBudget,
                    clock,
                    seed,
                    trace,
                    network,
                    kernelTypes,
                    kernelVersion,
                    kernelConfig,
                    observer);
        }
    }
}

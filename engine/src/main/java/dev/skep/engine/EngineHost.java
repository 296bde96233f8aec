package dev.skep.engine;

import dev.skep.engine.interpreter.CallTargets;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.interpreter.ProgramCheck;
import dev.skep.engine.jit.Translator;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.MapOptions;
import dev.skep.engine.map.Maps;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.Errno;
import dev.skep.object.host.Host;
import dev.skep.object.host.HostException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.map.MapSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The embedded host: BPF inside the JVM, with no privilege and no kernel. It has an address space of its own (4 GiB, of which
 * only what is used costs memory), logical CPUs, maps and programs. Thread-safe: as many programs run at a time as there are
 * CPUs.
 *
 * <p>A program of an object is verified when it is loaded, as the kernel would, and runs at full speed if it is accepted. In
 * {@linkplain EngineOptions#withChecked checked mode} nothing is verified; every access is judged while the program runs.
 * What it can reach in either mode is the engine's own 4 GiB, nothing outside.
 */
public final class EngineHost implements Host {
    private final EngineOptions options;
    private final Environment environment;
    private final Sandbox sandbox;
    private final Maps maps;
    private final CpuPool cpus;
    private final Map<String, EngineMap> pinned = new HashMap<>();

    /** A program with addresses filled in. @param traps see {@link HelperCalls} */
    record Filled(ProgramImage image, Map<Integer, String> traps) {}

    private EngineHost(EngineOptions options, Sandbox sandbox) {
        this.options = options;
        this.sandbox = sandbox;
        environment = new Environment(
                options.cpus(), options.clock(), options.trace(), options.network(), options.observer());
        maps = new Maps(sandbox, mapOptions(options));
        long seed = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
        cpus = new CpuPool(IntStream.range(0, options.cpus())
                .mapToObj(number -> new LogicalCpu(
                        number,
                        sandbox,
                        maps,
                        environment,
                        options.checked(),
                        options.instructionBudget(),
                        seed + number))
                .toList());
    }

    private static MapOptions mapOptions(EngineOptions options) {
        return options.seed()
                .map(seed -> new MapOptions(options.cpus(), seed.hashCode()))
                .orElseGet(() -> MapOptions.forCpus(options.cpus()));
    }

    /**
     * Opens an engine.
     *
     * @throws HostException ENOMEM if the system grants no 4 GiB of address space
     */
    public static EngineHost open(EngineOptions options) {
        return new EngineHost(options, Sandbox.open());
    }

    /** Opens an engine with {@link EngineOptions#defaults()}. */
    public static EngineHost open() {
        return open(EngineOptions.defaults());
    }

    @Override
    public String name() {
        return "engine";
    }

    /** How it was set up. */
    public EngineOptions options() {
        return options;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Programs and maps for {@code struct_ops} are loaded like others; there is no kernel to attach them to.
     *
     * @throws InputException if the object needs something that the engine does not have: a helper, a kernel function, a
     *     strong kernel variable, an unset {@code CONFIG_} value; or its code could not be run
     * @throws RejectedProgramException if the verifier rejects one of its programs, by the rules of the {@linkplain
     *     EngineOptions#kernelVersion kernel in the options}; never in checked mode
     */
    @Override
    public EngineObject load(BpfObject object) {
        return new ObjectLoader(object, this).load();
    }

    /**
     * Loads bare instructions as a raw program: on a run r1 is the address of the memory given, r2 its length, and legacy
     * packet loads read from it. No kernel has such programs, and the verifier no rules for them: they are for conformance
     * suites and tests, and run in checked mode, or with {@linkplain EngineOptions#withTrustedPrograms trusted programs}.
     *
     * @param name for messages
     * @throws InputException if they cannot be run: unknown instructions, wild jumps, references that nobody filled in
     * @throws HostException EACCES if the engine is neither in checked mode nor trusts its programs
     */
    public EngineProgram loadRaw(String name, Instructions instructions) {
        if (options.verifiesPrograms()) {
            throw new HostException(
                    Errno.EACCES,
                    "loading " + name
                            + ": a raw program has no type whose rules it could be verified by; open the engine with"
                            + " EngineOptions.withChecked(true), or withTrustedPrograms(true) if its origin is trusted");
        }
        return load(
                RawImage.of(name, instructions),
                (image, text) -> new Filled(RawImage.withAddresses(image, text), Map.of()));
    }

    /** Creates a map that belongs to no object, for example one to put into a map of maps. */
    public EngineMap createMap(MapSpec spec) {
        return maps.create(spec);
    }

    EngineProgram load(ProgramImage image, BiFunction<ProgramImage, Long, Filled> filler) {
        int slots = image.instructions().slotCount();
        long text =
                sandbox.allocate(8L * slots, false, "code of " + image.spec().name());
        sandbox.hide(text);
        try {
            Filled filled = filler.apply(image, text);
            ProgramCheck.check(filled.image);
            HelperCalls calls = new HelperCalls(filled.image, options.checked(), filled.traps);
            CallTargets targets = options.observer()
                    .<CallTargets>map(observer -> new ObservedCalls(calls, observer))
                    .orElse(calls);
            Code code = Code.of(
                    filled.image, targets, options.checked(), options.observer().isPresent(), text);
            if (options.backend() == EngineOptions.Backend.JIT) {
                Translator.translate(filled.image, calls, maps, options.checked())
                        .ifPresent(code::translateTo);
            }
            return new EngineProgram(this, code, text);
        } catch (RuntimeException e) {
            sandbox.release(text);
            throw e;
        }
    }

    /** The map pinned by this name; created if it is not there. It lives as long as the engine. */
    synchronized EngineMap pinned(MapSpec spec, Btf btf) {
        EngineMap map = pinned.computeIfAbsent(spec.name(), name -> maps.create(spec, btf));
        MapSpec present = map.spec();
        boolean alike = present.type() == spec.type()
                && present.keySize() == spec.keySize()
                && present.valueSize() == spec.valueSize()
                && present.maxEntries() == spec.maxEntries()
                && present.flags() == spec.flags();
        if (!alike) {
            throw new InputException(
                    Location.in(spec.name()),
                    "another map is pinned by this name, with other sizes, type or flags",
                    "give the map another name or the same definition");
        }
        return map;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Maps maps() {
        return maps;
    }

    CpuPool cpus() {
        return cpus;
    }

    /**
     * Gives everything back: programs, maps, memory. Waits for programs that run; whoever runs one afterwards gets EBADF, and
     * whatever else is tried fails. Closing it again does nothing.
     *
     * @throws HostException EDEADLOCK if it is called from within a program's run; nothing is closed then
     */
    @Override
    public void close() {
        if (cpus.close()) {
            synchronized (maps) { // no map is made meanwhile
                maps.close();
                sandbox.close();
            }
        }
    }
}

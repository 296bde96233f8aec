package dev.skep;

import dev.skep.compiler.code.Target;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.jvm.JvmPrograms;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.machine.PossibleCpus;

/**
 * Where the programs of a Java class can run. Each is a host of its own, to be closed when it is not needed any more.
 *
 * <pre>{@code
 * try (ClassHost engine = Skep.engine();
 *         LoadedClass firewall = engine.load(Firewall.class)) {
 *     long verdict = firewall.program("filter").run(packet).returnValue();
 * }
 * }</pre>
 */
public final class Skep {
    private Skep() {}

    /** The embedded engine, with its defaults: compiled to BPF, verified, and run within the JVM. Needs no privilege. */
    public static ClassHost engine() {
        return engine(EngineOptions.defaults());
    }

    /** The embedded engine. */
    public static ClassHost engine(EngineOptions options) {
        EngineHost host = EngineHost.open(options);
        return new ClassHost(host, options.cpus(), Target.NEWEST, compiled -> host.load(compiled.object()));
    }

    /** The Linux kernel. What it allows depends on the privileges of this process. */
    public static ClassHost kernel() {
        LinuxHost host = LinuxHost.open();
        return new ClassHost(
                host,
                PossibleCpus.count(),
                Target.of(KernelRelease.running().version()),
                compiled -> host.load(compiled.object()));
    }

    /**
     * The JVM itself: the same class, so that a debugger steps through its source, on the maps, packets and helpers of an engine. It
     * is compiled and verified all the same.
     */
    public static ClassHost jvm() {
        return jvm(EngineOptions.defaults());
    }

    /**
     * The JVM itself.
     *
     * @param options of the engine that the maps belong to. In checked mode programs are not verified, so that one which the verifier
     *     rejects can be looked at too; the backend makes no difference
     */
    public static ClassHost jvm(EngineOptions options) {
        EngineHost host = EngineHost.open(options);
        return new ClassHost(host, options.cpus(), Target.NEWEST, compiled -> {
            EngineObject object = host.load(compiled.object());
            JvmPrograms.runInJava(compiled.type(), compiled.unit(), object);
            return object;
        });
    }
}

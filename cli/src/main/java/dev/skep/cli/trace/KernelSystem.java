package dev.skep.cli.trace;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.KernelTypes;
import dev.skep.object.btf.Btf;
import dev.skep.object.core.CoreTarget;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The machine that runs here. */
final class KernelSystem implements TraceSystem {
    private final TypesOfKernel types;
    private final FunctionsOfKernel functions;
    private final TracefsEvents tracepoints;
    private final ElfFiles binaries;
    private final ThisMachine machine;

    /** @param host stays the caller's */
    KernelSystem(LinuxHost host) {
        this(host, Set.of());
    }

    /** @param without features that are not used though the kernel may have them: {@code kprobe_multi}, {@code uprobe_multi} */
    KernelSystem(LinuxHost host, Set<String> without) {
        this.functions = new FunctionsOfKernel(!without.contains("kprobe_multi"));
        this.binaries = new ElfFiles(!without.contains("uprobe_multi"));
        this.types = new TypesOfKernel(host.types());
        this.tracepoints = new TracefsEvents(types);
        this.machine = new ThisMachine(types);
    }

    @Override
    public dev.skep.trace.system.KernelTypes types() {
        return types;
    }

    @Override
    public KernelFunctions functions() {
        return functions;
    }

    @Override
    public Tracepoints tracepoints() {
        return tracepoints;
    }

    @Override
    public Binaries binaries() {
        return binaries;
    }

    @Override
    public Machine machine() {
        return machine;
    }

    /** What the kernel says of its types. */
    private record TypesOfKernel(KernelTypes kernelTypes) implements dev.skep.trace.system.KernelTypes {
        @Override
        public boolean available() {
            return KernelTypes.available();
        }

        @Override
        public boolean areKnownToVerifier() {
            return true;
        }

        @Override
        public OptionalInt earlyArray(String structure, String member, int length) {
            return KernelTypes.earlyArray(structure, member, length);
        }

        @Override
        public Optional<Btf> kernel() {
            return KernelTypes.available() ? Optional.of(kernelTypes.vmlinux()) : Optional.empty();
        }

        @Override
        public List<String> modules() {
            return KernelTypes.available()
                    ? kernelTypes.moduleTargets().stream()
                            .map(CoreTarget::name)
                            .sorted()
                            .toList()
                    : List.of();
        }

        @Override
        public Optional<Btf> module(String name) {
            if (name.equals("vmlinux")) {
                return kernel();
            }
            return kernel().flatMap(_ -> kernelTypes.moduleTargets().stream()
                    .filter(target -> target.name().equals(name))
                    .map(CoreTarget::btf)
                    .findFirst());
        }
    }
}

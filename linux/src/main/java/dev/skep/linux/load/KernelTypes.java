package dev.skep.linux.load;

import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.MappedFile;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.ByteSource;
import dev.skep.object.btf.EarlyMember;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The types of the running kernel and of its modules. Read when first asked for. Thread-safe.
 */
public final class KernelTypes implements AutoCloseable {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

    /** So many bytes are read of what is at the beginning. */
    private static final int EARLY = 1 << 16;

    private Optional<Btf> vmlinux = Optional.empty();
    private Optional<List<Module>> modules = Optional.empty();
    private boolean closed;

    /** Types in mapped memory. */
    private record MappedTypes(MemorySegment memory) implements ByteSource {
        @Override
        public int length() {
            return (int) memory.byteSize();
        }

        @Override
        public void copy(int offset, byte[] target, int at, int length) {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, target, at, length);
        }
    }

    /** Types in a file. */
    private record OpenFile(RandomAccessFile file) implements ByteSource {
        @Override
        public int length() {
            try {
                return Math.toIntExact(file.length());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void copy(int offset, byte[] target, int at, int length) {
            try {
                file.seek(offset);
                file.readFully(target, at, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param descriptor names the types to the kernel */
    private record Module(String name, Btf types, FileDescriptor descriptor) {}

    /**
     * A type of the kernel.
     *
     * @param types where it is from @param id its id there
     * @param module its module's name, "" for the kernel itself
     * @param descriptor of the module's types; 0 for the kernel's own, as bpf(2) wants it
     */
    public record Found(Btf types, int id, String module, int descriptor) {}

    /** The kernel's own types. @throws HostException ENOENT if this kernel has none */
    public synchronized Btf vmlinux() {
        if (vmlinux.isEmpty()) {
            vmlinux = Optional.of(read());
        }
        return vmlinux.get();
    }

    /** Mapped where the kernel lets us (6.16), so that only what is looked at takes room in the heap. */
    private static Btf read() {
        Location where = Location.in(VMLINUX.toString());
        try {
            int size = Math.toIntExact(Files.size(VMLINUX));
            Optional<MemorySegment> mapped = MappedFile.map(VMLINUX, size);
            return mapped.isPresent()
                    ? Btf.open(new MappedTypes(mapped.get()), where)
                    : Btf.open(Files.readAllBytes(VMLINUX), where);
        } catch (IOException e) {
            throw new HostException(
                    Errno.ENOENT,
                    "cannot read the kernel's types from " + VMLINUX + ": " + e.getMessage()
                            + "; the kernel needs CONFIG_DEBUG_INFO_BTF (5.4), or give the types of this kernel in a BTF file");
        }
    }

    /**
     * Where an array is in a structure, if that is told at the beginning of the kernel's types, without reading them all.
     *
     * @param length of the array, in elements
     * @return bytes from the structure's start
     */
    public static OptionalInt earlyArray(String structure, String member, int length) {
        try (RandomAccessFile file = new RandomAccessFile(VMLINUX.toFile(), "r")) {
            return EarlyMember.array(new OpenFile(file), EARLY, structure, member, length);
        } catch (IOException | UncheckedIOException e) {
            return OptionalInt.empty(); // whoever needs to know reads them all, and is told why that cannot be done
        }
    }

    /** Whether this kernel describes its types. */
    public static boolean available() {
        return Files.isReadable(VMLINUX);
    }

    private synchronized List<Module> modules() {
        if (closed) {
            throw new IllegalStateException("the kernel's types are closed");
        }
        if (modules.isEmpty()) {
            List<Module> found = new ArrayList<>();
            try {
                for (BtfInfo info : loadedTypes()) {
                    if (info.split()) {
                        ObjectKind.BTF.find(info.id()).ifPresent(descriptor -> add(info, descriptor, found));
                    }
                }
            } catch (RuntimeException e) {
                found.forEach(module -> module.descriptor().close());
                throw e;
            }
            modules = Optional.of(List.copyOf(found));
        }
        return modules.get();
    }

    /** Who may not look at others' types (without CAP_SYS_ADMIN) does without those of modules, as with libbpf. */
    private static List<BtfInfo> loadedTypes() {
        try {
            return BtfInfo.all();
        } catch (HostException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
                return List.of();
            }
            throw e;
        }
    }

    /** A module may be gone by now. */
    private void add(BtfInfo info, FileDescriptor descriptor, List<Module> found) {
        try {
            found.add(new Module(info.name(), info.types(vmlinux()), descriptor));
        } catch (HostException e) {
            descriptor.close();
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Where CO-RE looks first: the kernel itself. */
    public CoreTarget coreTarget() {
        return new CoreTarget("vmlinux", vmlinux());
    }

    /** Where CO-RE looks for what the kernel itself does not have. Reads the types of all modules the first time. */
    public List<CoreTarget> moduleTargets() {
        return modules().stream()
                .map(module -> new CoreTarget(module.name(), module.types()))
                .toList();
    }

    /** The first type with this name and of this kind, of the kernel or, failing that, of a module. */
    public Optional<Found> find(String name, Class<? extends BtfType> kind) {
        OptionalInt own = vmlinux().find(name, kind);
        if (own.isPresent()) {
            return Optional.of(new Found(vmlinux(), own.getAsInt(), "", 0));
        }
        return modules().stream()
                .flatMap(module -> in(module, name, kind).stream())
                .findFirst();
    }

    /** A type of one module, or of the kernel if {@code module} is {@code vmlinux}. */
    public Optional<Found> find(String module, String name, Class<? extends BtfType> kind) {
        if (module.equals("vmlinux")) {
            OptionalInt id = vmlinux().find(name, kind);
            return id.isPresent() ? Optional.of(new Found(vmlinux(), id.getAsInt(), "", 0)) : Optional.empty();
        }
        return modules().stream()
                .filter(m -> m.name().equals(module))
                .flatMap(m -> in(m, name, kind).stream())
                .findFirst();
    }

    private static Optional<Found> in(Module module, String name, Class<? extends BtfType> kind) {
        return module.types().idsNamed(name).stream()
                .filter(id -> id >= module.types().firstId())
                .filter(id -> kind.isInstance(module.types().type(id)))
                .findFirst()
                .map(id -> new Found(
                        module.types(), id, module.name(), module.descriptor().number()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        modules.ifPresent(all -> all.forEach(module -> module.descriptor().close()));
        modules = Optional.empty();
    }
}

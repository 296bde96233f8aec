package dev.skep.linux.load;

import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.core.EssentialName;
import dev.skep.object.core.Signatures;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ExternSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an object's externs are in this kernel (libbpf's {@code bpf_object__resolve_externs}). */
final class KernelExterns {
    private static final Path SYMBOLS = Path.of("/proc/kallsyms");

    private final List<Resolved> resolved;
    private final List<Integer> modules;

    private KernelExterns(List<Resolved> resolved, List<Integer> modules) {
        this.resolved = resolved;
        this.modules = modules;
    }

    /** What became of an extern. */
    sealed interface Resolved {
        /** A value in the {@code .kconfig} map. */
        record Configured() implements Resolved {}

        /** A variable or function with a type. @param descriptor of its module's types, 0 for the kernel's own */
        record Typed(int typeId, int descriptor) implements Resolved {}

        /** A symbol of which the address is all that is wanted. */
        record Address(long address) implements Resolved {}

        /** A weak one that is not there. */
        record Absent() implements Resolved {}
    }

    /**
     * Looks all of them up.
     *
     * @throws HostException ENOENT if one is not there and not weak
     */
    static KernelExterns resolve(BpfObject object, KernelTypes kernel) {
        Set<String> untyped = object.externs().stream()
                .filter(e -> e instanceof ExternSpec.KernelVariable v && v.typeId() == 0)
                .map(ExternSpec::name)
                .collect(Collectors.toSet());
        Map<String, Long> addresses = untyped.isEmpty() ? Map.of() : addresses(untyped);
        List<Resolved> resolved = object.externs().stream()
                .map(extern -> resolve(object, extern, kernel, addresses))
                .toList();
        List<Integer> modules = new ArrayList<>(List.of(0)); // the kernel itself
        for (int i = 0; i < resolved.size(); i++) {
            if (object.externs().get(i) instanceof ExternSpec.KernelFunction
                    && resolved.get(i) instanceof Resolved.Typed typed
                    && !modules.contains(typed.descriptor())) {
                modules.add(typed.descriptor());
            }
        }
        return new KernelExterns(resolved, List.copyOf(modules));
    }

    /** What became of an extern. @param index into the object's */
    Resolved at(int index) {
        return resolved.get(index);
    }

    /** Descriptors of the types that called functions are from, for {@code fd_array}; the first is 0, the kernel itself. */
    List<Integer> modules() {
        return modules;
    }

    private static Resolved resolve(
            BpfObject object, ExternSpec extern, KernelTypes kernel, Map<String, Long> addresses) {
        Optional<Resolved> found = switch (extern) {
            case ExternSpec.Kconfig kconfig -> Optional.of(new Resolved.Configured());
            case ExternSpec.KernelVariable v
            when v.typeId() == 0 -> Optional.ofNullable(addresses.get(v.name())).map(Resolved.Address::new);
            case ExternSpec.KernelVariable v ->
                typed(object, v.typeId(), kernel, EssentialName.of(v.name()), BtfType.Variable.class);
            case ExternSpec.KernelFunction f ->
                typed(object, f.typeId(), kernel, EssentialName.of(f.name()), BtfType.Function.class);
        };
        if (found.isEmpty() && !extern.weak()) {
            throw new HostException(
                    Errno.ENOENT,
                    object.name() + " needs the kernel's " + extern.name()
                            + ", which this kernel (" + KernelRelease.running()
                            + ") does not have; declare it __weak and ask"
                            + " bpf_ksym_exists() before using it, or use a kernel that has it");
        }
        return found.orElseGet(Resolved.Absent::new);
    }

    /** One that is there but looks otherwise is not the one that is meant. */
    private static Optional<Resolved> typed(
            BpfObject object, int typeId, KernelTypes kernel, String name, Class<? extends BtfType> kind) {
        if (!KernelTypes.available()) {
            return Optional.empty();
        }
        return kernel.find(name, kind)
                .filter(found -> Signatures.agree(
                        object.btf(),
                        meaning(object.btf(), typeId),
                        new CoreTarget(found.module(), found.types()),
                        meaning(found.types(), found.id())))
                .map(found -> new Resolved.Typed(found.id(), found.descriptor()));
    }

    /** A function's prototype, a variable's type. */
    private static int meaning(Btf types, int id) {
        return switch (types.type(id)) {
            case BtfType.Function function -> function.prototype();
            case BtfType.Variable variable -> types.strip(variable.type());
            default -> types.strip(id);
        };
    }

    /**
     * Addresses of symbols of any kind.
     *
     * @throws HostException EINVAL if a name stands for several, of which only the programmer can know which is meant
     */
    private static Map<String, Long> addresses(Set<String> wanted) {
        try (Stream<String> lines = Files.lines(SYMBOLS)) {
            return addresses(lines, wanted);
        } catch (IOException e) {
            throw SystemFailure.refused(e, "read the kernel's symbols from " + SYMBOLS);
        }
    }

    /** @param lines as in {@code /proc/kallsyms}: {@code ffffffff81000000 T _text} */
    static Map<String, Long> addresses(Stream<String> lines, Set<String> wanted) {
        Map<String, Long> addresses = new HashMap<>();
        lines.forEach(line -> {
            String[] parts = line.split("[ \t]", 4);
            if (parts.length >= 3 && wanted.contains(parts[2])) {
                long address = Long.parseUnsignedLong(parts[0], 16);
                Long before = addresses.putIfAbsent(parts[2], address);
                if (before != null && before != address) {
                    throw new HostException(
                            Errno.EINVAL,
                            "the kernel has several symbols " + parts[2] + ", at 0x" + Long.toHexString(before)
                                    + " and 0x" + Long.toHexString(address)
                                    + ": which is meant cannot be known; declare the extern with its type, or use"
                                    + " another symbol");
                }
            }
        });
        return addresses;
    }

    /**
     * The value of a {@code __kconfig} extern on this machine.
     *
     * @param given values that go before the kernel's own configuration
     */
    static Optional<String> configured(String name, Map<String, String> given) {
        if (given.containsKey(name)) {
            return Optional.of(given.get(name));
        }
        return switch (name) {
            case "LINUX_KERNEL_VERSION" ->
                Optional.of(Integer.toString(KernelRelease.running().versionCode()));
            case "LINUX_HAS_BPF_COOKIE" -> flag(KernelFeatures.has(Feature.BPF_COOKIE));
            case "LINUX_HAS_SYSCALL_WRAPPER" -> flag(KernelFeatures.has(Feature.SYSCALL_WRAPPER));
            default -> KernelConfiguration.running().flatMap(configuration -> configuration.value(name));
        };
    }

    private static Optional<String> flag(boolean set) {
        return Optional.of(set ? "1" : "0");
    }
}

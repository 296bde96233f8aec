package dev.skep.cli.trace;

import dev.skep.linux.machine.PossibleCpus;
import dev.skep.linux.perf.OnlineCpus;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** This machine's processors, users and control groups. */
final class ThisMachine implements Machine {
    private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");
    /** {@code PROC_PID_INIT_INO} of include/linux/proc_ns.h. */
    private static final long FIRST_PID_NAMESPACE = 0xEFFF_FFFCL;

    private static final Path USERS = Path.of("/etc/passwd");
    private static final String ITERATOR_PREFIX = "bpf_iter__";

    private final KernelTypes types;
    private final Supplier<Map<Long, String>> users = Once.of(ThisMachine::readUsers);
    private final Supplier<SystemCalls> systemCalls = Once.of(() -> SystemCalls.of(architecture()));
    private final CgroupTree cgroups = new CgroupTree();

    ThisMachine(KernelTypes types) {
        this.types = types;
    }

    @Override
    public int possibleCpus() {
        return PossibleCpus.count();
    }

    @Override
    public int onlineCpus() {
        return OnlineCpus.list().size();
    }

    @Override
    public String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    @Override
    public Optional<String> userName(long id) {
        return Optional.ofNullable(users.get().get(id));
    }

    /** Users of passwd(5); those of a directory service are known by number. */
    private static Map<Long, String> readUsers() {
        Map<Long, String> users = new HashMap<>();
        try (Stream<String> lines = Files.lines(USERS)) {
            lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 2)
                    .forEach(fields -> users.putIfAbsent(Long.parseLong(fields[2]), fields[0]));
        } catch (IOException | NumberFormatException e) {
            return users; // names are a comfort
        }
        return users;
    }

    @Override
    public OptionalLong cgroupId(String path) {
        return CgroupTree.id(Path.of(path));
    }

    @Override
    public List<String> cgroupPaths(long id, String filter) {
        return cgroups.paths(id, new NamePattern(filter.isEmpty() ? "*" : filter));
    }

    @Override
    public Optional<String> systemCall(int number) {
        return systemCalls.get().name(number);
    }

    @Override
    public Optional<PidNamespace> pidNamespace() {
        try {
            long inode = (Long) Files.getAttribute(PID_NAMESPACE, "unix:ino");
            long device = (Long) Files.getAttribute(PID_NAMESPACE, "unix:dev");
            return inode == FIRST_PID_NAMESPACE ? Optional.empty() : Optional.of(new PidNamespace(device, inode));
        } catch (IOException e) {
            return Optional.empty(); // a kernel without namespaces
        }
    }

    @Override
    public List<String> iterators() {
        TreeSet<String> kinds = new TreeSet<>();
        types.kernel().ifPresent(btf -> addIterators(btf, kinds));
        return new ArrayList<>(kinds);
    }

    /** Each kind has a context of its own. */
    private static void addIterators(Btf btf, TreeSet<String> kinds) {
        for (int id : btf.idsWithNameContaining(ITERATOR_PREFIX)) {
            boolean ofArgument =
                    btf.name(id).endsWith("__safe_trusted"); // how the verifier marks which members it trusts
            if (btf.kind(id) == BtfKind.STRUCT && btf.name(id).startsWith(ITERATOR_PREFIX) && !ofArgument) {
                kinds.add(btf.name(id).substring(ITERATOR_PREFIX.length()));
            }
        }
    }
}

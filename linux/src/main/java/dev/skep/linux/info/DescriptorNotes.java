package dev.skep.linux.info;

import dev.skep.linux.system.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What only {@code /proc/PID/fdinfo/FD} tells of a BPF descriptor: {@code memlock} and {@code frozen} of maps, {@code memlock} of
 * programs, and the id of whatever it stands for.
 *
 * @param kind what the descriptor stands for; empty if it has nothing to do with BPF
 * @param values by name, as the kernel writes them
 */
public record DescriptorNotes(Optional<ObjectKind> kind, Map<String, String> values) {
    public DescriptorNotes {
        values = Map.copyOf(values);
    }

    /** Of a descriptor of this process; without any notes if /proc is not mounted. */
    public static DescriptorNotes of(FileDescriptor descriptor) {
        return read(Path.of("/proc/self"), Integer.toString(descriptor.number()))
                .orElse(new DescriptorNotes(Optional.empty(), Map.of()));
    }

    /** Of a descriptor of a process; empty if it cannot be seen (any more). @param process its folder in /proc */
    static Optional<DescriptorNotes> read(Path process, String descriptor) {
        try {
            String target = Files.readSymbolicLink(process.resolve("fd").resolve(descriptor))
                    .toString();
            Optional<ObjectKind> kind = kind(target);
            return Optional.of(new DescriptorNotes(kind, kind.isEmpty() ? Map.of() : values(process, descriptor)));
        } catch (IOException e) { // closed meanwhile, or another user's
            return Optional.empty();
        }
    }

    /** By the name of the anonymous inode: kernel/bpf/syscall.c and btf.c. */
    private static Optional<ObjectKind> kind(String target) {
        return switch (target) {
            case "anon_inode:bpf-prog" -> Optional.of(ObjectKind.PROGRAM);
            case "anon_inode:bpf-map" -> Optional.of(ObjectKind.MAP);
            case "anon_inode:bpf_link", "anon_inode:bpf-link" -> Optional.of(ObjectKind.LINK);
            case "anon_inode:btf" -> Optional.of(ObjectKind.BTF);
            default -> Optional.empty();
        };
    }

    private static Map<String, String> values(Path process, String descriptor) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(process.resolve("fdinfo").resolve(descriptor))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** The id of what the descriptor stands for; 0 if it has none. */
    public int id() {
        return kind.map(known -> switch (known) {
                    case PROGRAM -> "prog_id";
                    case MAP -> "map_id";
                    case LINK -> "link_id";
                    case BTF -> "btf_id";
                })
                .map(values::get)
                .map(Integer::parseUnsignedInt)
                .orElse(0);
    }

    /** Bytes of kernel memory it takes; 0 if not told. */
    public long memory() {
        return Long.parseUnsignedLong(values.getOrDefault("memlock", "0"));
    }

    /** Whether it is a map that user space cannot write to any more. */
    public boolean frozen() {
        return values.getOrDefault("frozen", "0").equals("1");
    }
}

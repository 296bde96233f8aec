package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.TaskFdQuery;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program on a perf event or raw tracepoint that a process holds by a descriptor ({@code BPF_TASK_FD_QUERY}, Linux 4.18): the only
 * way to see those that were attached without a link.
 *
 * @param pid the process @param descriptor its number there
 * @param name of the tracepoint, function or file; "" if the probe is at an address
 * @param offset from the function's start, or in the file
 * @param address in the kernel, of probes at an address
 */
public record PerfProbe(int pid, int descriptor, int programId, Kind kind, String name, long offset, long address) {
    private static final int LONGEST_NAME = 4096; // PATH_MAX

    /** {@code enum bpf_task_fd_type}: the constants stand in its order, so that the ordinal is the number. */
    public enum Kind {
        RAW_TRACEPOINT,
        TRACEPOINT,
        KPROBE,
        KRETPROBE,
        UPROBE,
        URETPROBE,
        /** A number that is newer than this software. */
        UNKNOWN;

        private static Kind of(long number) {
            return number < UNKNOWN.ordinal() ? values()[(int) number] : UNKNOWN;
        }
    }

    /**
     * What a descriptor of a process is a probe of.
     *
     * @return empty if it is none, has no program, or is gone
     * @throws HostException EPERM without CAP_SYS_ADMIN
     */
    public static Optional<PerfProbe> of(int pid, int descriptor) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment name = arena.allocate(LONGEST_NAME);
            attr.set(TaskFdQuery.PID, pid)
                    .set(TaskFdQuery.FD, descriptor)
                    .set(TaskFdQuery.BUF_LEN, LONGEST_NAME)
                    .set(TaskFdQuery.BUF, name)
                    .expect(TaskFdQuery.PROBE_ADDR);
            long result = attr.call(BpfCommand.TASK_FD_QUERY);
            if (result < 0 && noProbe(SystemFailure.errno(result))) {
                return Optional.empty();
            }
            SystemFailure.check(result, "ask what descriptor " + descriptor + " of process " + pid + " is a probe of");
            return Optional.of(new PerfProbe(
                    pid,
                    descriptor,
                    (int) attr.get(TaskFdQuery.PROG_ID),
                    Kind.of(attr.get(TaskFdQuery.FD_TYPE)),
                    InfoBlock.untilZero(name),
                    attr.get(TaskFdQuery.PROBE_OFFSET),
                    attr.get(TaskFdQuery.PROBE_ADDR)));
        }
    }

    /** ENOTSUPP: no such kind of file; EOPNOTSUPP: an event of another kind; ENOENT: no program, no process; EBADF: closed. */
    private static boolean noProbe(Errno errno) {
        return switch (errno) {
            case ENOTSUPP, EOPNOTSUPP, ENOENT, EBADF, EINVAL -> true;
            default -> false;
        };
    }

    /** All that any process holds. @throws HostException EPERM without CAP_SYS_ADMIN */
    public static List<PerfProbe> all() {
        requireAllowed();
        List<PerfProbe> probes = new ArrayList<>();
        for (Path process : Holder.processes()) {
            int pid = Integer.parseInt(process.getFileName().toString());
            for (String descriptor : Holder.descriptors(process)) {
                if (mayBeProbe(process.resolve("fd").resolve(descriptor))) {
                    of(pid, Integer.parseInt(descriptor)).ifPresent(probes::add);
                }
            }
        }
        return List.copyOf(probes);
    }

    /** Without the right the descriptors of others cannot even be seen, and nothing would be found. */
    private static void requireAllowed() {
        Optional<PerfProbe> _ = of((int) ProcessHandle.current().pid(), 0);
    }

    private static boolean mayBeProbe(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.equals("anon_inode:[perf_event]") || target.startsWith("anon_inode:bpf");
        } catch (IOException e) { // closed meanwhile
            return false;
        }
    }
}

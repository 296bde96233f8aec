package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.EnableStats;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;

/**
 * While open, the kernel counts the runs of all programs and the time they take ({@code BPF_ENABLE_STATS}, Linux 5.8), which
 * {@link ProgramInfo#runs()} shows. Costs each run some tens of nanoseconds.
 *
 * <pre>{@code
 * try (RunStatistics counting = RunStatistics.enable()) {
 *     Thread.sleep(1000);
 *     System.out.println(ProgramInfo.of(program.descriptor()).runs());
 * }
 * }</pre>
 *
 * <p>The kernel also counts as long as {@code kernel.bpf_stats_enabled} is set or another process has asked for it.
 */
public final class RunStatistics implements AutoCloseable {
    private static final int BPF_STATS_RUN_TIME = 0; // enum bpf_stats_type

    private final FileDescriptor descriptor;

    private RunStatistics(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Begins counting. @throws HostException EPERM without CAP_SYS_ADMIN, EINVAL before Linux 5.8 */
    public static RunStatistics enable() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(EnableStats.TYPE, BPF_STATS_RUN_TIME);
            return new RunStatistics(attr.open(BpfCommand.ENABLE_STATS, "have the kernel count runs of programs"));
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

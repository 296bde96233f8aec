package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of what probes in the kernel's functions see. */
@Tag("vm")
@NeedsKernel(feature = KernelFeature.KPROBE)
class KprobeRecordingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kprobe:vfs_open /comm == \"head\"/ { $p = (struct path *)arg0; printf(\"%s %s\\n\", comm, str($p.dentry.d_name.name)); }",
                "kretprobe:vfs_read /comm == \"head\"/ { @[retval, func] = count(); @k[kstack(3)] = count(); }",
                "kprobe:vfs_re* /comm == \"head\"/ { @[probe, func] = count(); }",
                "kprobe:vfs_read { @at[tid] = nsecs; } kretprobe:vfs_read /@at[tid]/ { @ns = hist(nsecs - @at[tid]); delete(@at[tid]); }"
            })
    void aReplayPrintsWhatWasPrinted(String script) {
        String file = folder.resolve("recorded").toString();
        TraceRun live = TraceRun.of("-q", "--record", file, "-c", "head -n 1 /etc/passwd", "-e", script);
        assertThat(live.errors()).isEmpty();
        assertThat(live.output()).containsPattern("head |vfs_|@");
        TraceRun replay = TraceRun.of("-q", "--replay", file);
        assertThat(replay.output() + replay.errors()).isEqualTo(live.output());
        assertThat(replay.exitCode()).isEqualTo(live.exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fentry:vmlinux:vfs_read /comm == \"head\"/ { @[args.count, args.file.f_flags] = count(); }",
                "fexit:vmlinux:vfs_read /comm == \"head\"/ { printf(\"%d of %d\\n\", retval, args.count); @vfs_read = count(); }"
            })
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void aReplayOfTypedArgumentsPrintsWhatWasPrinted(String script) {
        aReplayPrintsWhatWasPrinted(script);
    }
}

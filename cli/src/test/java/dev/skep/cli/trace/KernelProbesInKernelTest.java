package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of kernel functions see what is done, on kernels that have them. */
@Tag("vm")
class KernelProbesInKernelTest {
    @TempDir
    Path folder;

    private ScriptRun run(String script) {
        return ScriptRun.of(new SourceText("stdin", script), Settings.DEFAULTS, () -> {
            try {
                Files.delete(Files.createDirectory(folder.resolve("made")));
                assertThat(Files.readAllBytes(Path.of("/etc/passwd"))).isNotEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Tools.run(List.of("sh", "-c", "true"), Duration.ofSeconds(60)).expectSuccess();
        });
    }

    private void prints(String script, String line) {
        ScriptRun run = run(script);
        assertThat(run.output().lines().filter(each -> each.matches(line)))
                .as("%s prints %s; it says %s\n%s", script, line, run.errors(), run.output())
                .isNotEmpty();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE)
    void aKprobeSeesArgumentsAndAStack() {
        prints("kprobe:do_mkdirat /comm == \"skep-load\"/ { printf(\"%d %s\\n\", arg2, func); }", "[0-9]+ do_mkdirat");
        prints("kprobe:vfs_read /comm == \"skep-load\"/ { printf(\"%s\", kstack(3)); }", " +vfs_read\\+[0-9]+");
        prints(
                "kprobe:vfs_read /comm == \"skep-load\"/ {"
                        + " printf(\"%s\\n\", str(((struct file *)arg0)->f_path.dentry->d_name.name)); }",
                "passwd");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE)
    void aKprobeWithinAFunctionIsAtItsPlace() {
        prints("kprobe:vfs_read+0 /comm == \"skep-load\"/ { printf(\"%s\\n\", probe); }", "kprobe:vfs_read(\\+0)?");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE)
    void aKretprobeSeesTheResultAndItsFunction() {
        prints(
                "kretprobe:vfs_read /comm == \"skep-load\" && retval > 0/ { printf(\"%d %s\\n\", retval, func); }",
                "[0-9]+ vfs_read");
    }

    /** By one link (kprobe.multi) or by one each. */
    @ParameterizedTest
    @NeedsKernel(feature = KernelFeature.KPROBE)
    @ValueSource(strings = {"kprobe", "kretprobe"})
    void wildcardsKnowWhereTheyAre(String kind) {
        String script = kind + ":vfs_r* /comm == \"skep-load\"/ { @f[func] = count(); @p[probe] = count(); }";
        ScriptRun run = run(script);
        assertThat(run.output())
                .as(run.errors())
                .contains("@f[vfs_read]: ", "@p[" + kind + ":vfs_read]: ")
                .doesNotContain("@f[vfs_write]");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.KPROBE_MULTI)
    void wildcardsAreOneProgram() {
        assertThat(run("kprobe:vfs_* { @[func] = count(); }").probes()).isEqualTo(1);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void anFentryProgramHasTypedArguments() {
        prints(
                "fentry:vfs_read /comm == \"skep-load\"/ { printf(\"%s %d\\n\", str(args.file->f_path.dentry->d_name.name), args.count > 0); }",
                "passwd 1");
        prints(
                "fentry:vfs_read /comm == \"skep-load\"/ { printf(\"%s %s\\n\", func, probe); }",
                "vfs_read fentry:vmlinux:vfs_read");
        prints(
                "fentry:vfs_read /comm == \"skep-load\"/ { printf(\"%d %d %d\\n\", args.file.f_inode.i_sb.s_blocksize,"
                        + " args.file.f_op.owner == 0, args.pos == 0); }",
                "[0-9]*[02468] 1 [01]");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void theCurrentTaskLeadsToOthers() {
        prints(
                "fentry:vfs_read /comm == \"skep-load\"/ { printf(\"%d %d %d\\n\", curtask.tgid == curtask.signal.tty.index,"
                        + " curtask.real_parent.tgid > 0, curtask.nsproxy.uts_ns.ns.inum > 0); }",
                "0 1 1");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void anFexitProgramHasArgumentsAndTheResult() {
        prints(
                "fexit:vfs_read /comm == \"skep-load\" && retval > 0/ {"
                        + " printf(\"%s %d\\n\", str(args.file->f_path.dentry->d_name.name), retval > 10); }",
                "passwd 1");
    }

    /** Its structures are in the module's BTF alone. */
    @Test
    @NeedsTool("modprobe")
    @NeedsKernel(feature = KernelFeature.FENTRY)
    void anFentryProgramOfAModuleHasTheModulesTypes() {
        Tools.run(List.of("modprobe", "null_blk"), Duration.ofSeconds(60)).expectSuccess();
        String script = "fentry:null_blk:null_queue_rq { $queue = (struct nullb_queue *)args.hctx->driver_data;"
                + " printf(\"%s %d\\n\", probe, $queue->dev->blocksize); }";
        ScriptRun run = ScriptRun.of(
                new SourceText("stdin", script),
                Settings.DEFAULTS,
                () -> Tools.run(
                                List.of("dd", "if=/dev/zero", "of=/dev/nullb0", "bs=4096", "count=2", "conv=fsync"),
                                Duration.ofSeconds(60))
                        .expectSuccess());
        assertThat(run.output()).as(run.errors()).contains("fentry:null_blk:null_queue_rq 512\n");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.TP_BTF)
    void aRawTracepointHasTypedArguments() {
        prints(
                "rawtracepoint:sched_process_exec { printf(\"%s %s\\n\", args.p->comm, str(args.bprm->filename)); }",
                "sh /.*/sh");
    }

    @Test
    @NeedsKernel(feature = KernelFeature.ITERATOR)
    void anIteratorGoesOverTasks() {
        prints("iter:task { printf(\"%s %d\\n\", ctx.task->comm, ctx.task->pid); }", "java [0-9]+|kthreadd 2");
        // what threads of the kernel do not have comes to 0
        prints(
                "iter:task { printf(\"%s %d %d\\n\", ctx.task.comm, ctx.task.mm.mm_users.counter, ctx.task.real_parent.pid); }",
                "kthreadd 0 0");
        prints("iter:task_file { printf(\"%s\\n\", str(ctx.file.f_path.dentry.d_name.name)); }", "null|console");
    }
}

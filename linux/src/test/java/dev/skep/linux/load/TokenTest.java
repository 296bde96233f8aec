package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import java.io.BufferedReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in a user namespace, whose capabilities do not count for bpf(2), loads by the rights that a bpf file system delegates. */
@NeedsKernel(feature = KernelFeature.TOKEN)
@NeedsTool("unshare")
class TokenTest {
    private static final int FSCONFIG_SET_STRING = 1; // linux/mount.h, enum fsconfig_command
    private static final int FSCONFIG_CMD_CREATE = 6;
    private static final Path OBJECT = Path.of("src/test/c/loader.bpf.o").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void whatIsDelegatedIsAllowed() throws Exception {
        List<String> answers = answers(Map.of(
                "delegate_cmds", "any", "delegate_maps", "any", "delegate_progs", "any", "delegate_attachs", "any"));
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).startsWith("load: ").contains("EPERM");
        assertThat(answers.get(1)).contains("Unknown", "user namespace");
        assertThat(answers.get(2)).isEqualTo("load by token: returns 2"); // XDP_PASS
        assertThat(answers.get(3))
                .isEqualTo("features by token: global data Available[], xdp Available[], hash Available[],"
                        + " log Available[]");
    }

    @Test
    void whatIsNotDelegatedIsNot() throws Exception {
        List<String> answers = answers(Map.of("delegate_cmds", "any", "delegate_maps", "any"));
        assertThat(answers).hasSize(4);
        assertThat(answers.get(2)).startsWith("load by token: ").contains("EPERM");
        assertThat(answers.get(3)).contains("xdp Unknown", "its token does not allow it", "hash Available");
    }

    @Test
    void aFileSystemThatDelegatesNothingGivesNoToken() throws Exception {
        List<String> answers = answers(Map.of());
        assertThat(answers.get(2)).contains("ENOENT", "get a BPF token from " + folder);
    }

    /** What the process in the user namespace says once it has a file system with these rights. */
    private List<String> answers(Map<String, String> delegated) throws Exception {
        Process child = new ProcessBuilder(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UnprivilegedLoad.class.getName(),
                        folder.toString(),
                        OBJECT.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = child.inputReader()) {
            String first = said.readLine();
            if (first != null && first.startsWith("unshare:")) {
                abort("this machine gives no user namespaces: " + first);
            }
            assertThat(first).matches("\\d+");
            delegate(child.pid(), Integer.parseInt(first), delegated);
            child.getOutputStream().write('\n');
            child.getOutputStream().flush();
            return said.lines().toList();
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    /** Only a process with CAP_SYS_ADMIN in the machine's first user namespace may say what is delegated. */
    private static void delegate(long pid, int context, Map<String, String> rights) {
        try (Arena arena = Arena.ofConfined();
                FileDescriptor process = FileDescriptor.owning(
                        SystemFailure.check(SystemCalls.call(SystemCall.PIDFD_OPEN, pid, 0, 0), "open the process"));
                FileDescriptor ours = FileDescriptor.owning(SystemFailure.check(
                        SystemCalls.call(SystemCall.PIDFD_GETFD, process.number(), context, 0),
                        "copy its descriptor"))) {
            rights.forEach((key, value) ->
                    configure(ours, FSCONFIG_SET_STRING, arena.allocateFrom(key), arena.allocateFrom(value)));
            configure(ours, FSCONFIG_CMD_CREATE, MemorySegment.NULL, MemorySegment.NULL);
        }
    }

    private static void configure(FileDescriptor context, int command, MemorySegment key, MemorySegment value) {
        long result =
                SystemCalls.call(SystemCall.FSCONFIG, context.number(), command, key.address(), value.address(), 0, 0);
        SystemFailure.check(result, "configure the bpf file system");
    }
}

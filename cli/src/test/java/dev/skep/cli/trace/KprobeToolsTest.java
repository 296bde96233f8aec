package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.Tools;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.SettingsDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that come with bpftrace run on kernels that have what they look at: kprobes, block devices, modules. */
@Tag("vm")
@NeedsKernel(feature = KernelFeature.KPROBE)
class KprobeToolsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LOAD = """
            cd "$1"
            for round in 1 2 3; do
                /bin/true skep-marker
                sleep 0.3
                cat /etc/passwd > copy
                sync
                kill -0 $$
                mkdir -p made && chown 1:1 made
                dd if=/dev/zero of=/dev/nullb0 bs=4096 count=8 conv=fsync 2> /dev/null
            done
            """;

    private static final FunctionsOfKernel TRACEABLE = new FunctionsOfKernel();

    @TempDir
    Path folder;

    /** Modules that a machine has when it has their devices. */
    @BeforeAll
    static void load() {
        for (String module : List.of("null_blk", "md_mod", "xfs")) {
            Tools.run(List.of("modprobe", module), PATIENCE).expectSuccess();
        }
    }

    /** @param line a pattern of a line that the load makes the tool print */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "bitesize.bt;   \\[[0-9KM]+, [0-9KM]+\\) +[0-9]+ \\|@+ *\\|",
                "capable.bt;    [0-9:]{8} +0 +[0-9]+ +chown +0 +CAP_CHOWN +0",
                "dcsnoop.bt;    [0-9]+ +[0-9]+ +\\S+ +[MR] .*",
                "execsnoop.bt;  [0-9]+ +[0-9]+ +/bin/true skep-marker",
                "killsnoop.bt;  [0-9:]{8} +[0-9]+ +sh +0 +[0-9]+ +0",
                "loads.bt;      [0-9:]{8} load averages: [0-9]+\\.[0-9]{3} [0-9]+\\.[0-9]{3} [0-9]+\\.[0-9]{3}",
                "opensnoop.bt;  [0-9]+ +cat +[0-9]+ +0 /etc/passwd",
                "runqlat.bt;    \\[[0-9KM]+, [0-9KM]+\\) +[0-9]+ \\|@+ *\\|",
                "runqlen.bt;    \\[0\\] +[0-9]+ \\|@+ *\\|",
                "syncsnoop.bt;  [0-9:]{8} +[0-9]+ +sync +tracepoint:syscalls:sys_enter_sync",
                "syscount.bt;   @process\\[sh\\]: [0-9]+",
                "tcpaccept.bt;  [0-9:]{8} [0-9]+ +\\S+ +\\S*127\\.0\\.0\\.1 +[0-9]+ +\\S*127\\.0\\.0\\.1 +[0-9]+ +0/7",
                "tcpconnect.bt; [0-9:]{8} [0-9]+ +\\S+ +\\S*127\\.0\\.0\\.1 +[0-9]+ +\\S*127\\.0\\.0\\.1 +[0-9]+ *",
                "tcplife.bt;    [0-9]+ +\\S+ +\\S*127\\.0\\.0\\.1 +[0-9]+ +\\S*127\\.0\\.0\\.1 +[0-9]+ +[0-9]+ +[0-9]+ [0-9]+",
                "tcpsynbl.bt;   \\[0\\] +[0-9]+ \\|@+ *\\|",
                "undump.bt;     [0-9:]{8} \\S+ +[0-9]+ +5 +hello",
                "vfscount.bt;   @\\[vfs_read\\]: [0-9]+",
                "vfsstat.bt;    @\\[vfs_read\\]: [0-9]+"
            })
    void aToolShowsTheLoad(String tool, String line) {
        ScriptRun run = run(tool);
        assertThat(run.output().lines().map(String::strip).filter(each -> each.matches(line.strip())))
                .as("%s prints %s; it says\n%s\n%s", tool, line, run.errors(), end(run.output()))
                .isNotEmpty();
    }

    /** What they wait for does not happen here. */
    @ParameterizedTest
    @ValueSource(strings = {"mdflush.bt", "naptime.bt", "oomkill.bt", "tcpdrop.bt", "tcpretrans.bt", "xfsdist.bt"})
    void aToolWaits(String tool) {
        ScriptRun run = run(tool);
        assertThat(run.errors()).contains("Attached ");
        assertThat(run.output()).contains("Tracing ");
        assertThat(run.probes()).isGreaterThan(1);
    }

    /** Some look at functions that not all kernels have, or whose compiler made no functions of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"biolatency.bt", "biosnoop.bt", "biostacks.bt", "swapin.bt"})
    void aToolWhoseFunctionsAreNotThereSaysWhich(String tool) throws IOException {
        List<String> wanted = functions(Tools.find(tool).orElseThrow());
        List<String> missing =
                wanted.stream().filter(name -> !TRACEABLE.isTraceable(name)).toList();
        try {
            assertThat(run(tool).probes()).as("%s, without %s", wanted, missing).isGreaterThan(0);
        } catch (ScriptRun.NotCompiled e) {
            assertThat(missing)
                    .isNotEmpty()
                    .allMatch(name ->
                            String.valueOf(e.getMessage()).contains("No matches for kprobe " + name + ". Skipping."));
        }
    }

    private static List<String> functions(Path tool) throws IOException {
        return Files.readAllLines(tool).stream()
                .filter(line -> line.startsWith("kprobe:"))
                .map(line -> line.substring("kprobe:".length()).replace(",", ""))
                .toList();
    }

    private ScriptRun run(String tool) {
        Tools.assumeAvailable(tool);
        SettingsDraft settings = Settings.DEFAULTS.draft();
        settings.missingProbes("warn"); // they name functions of several kernels
        return ScriptRun.of(Tools.find(tool).orElseThrow(), settings.settings(), this::exercise);
    }

    private void exercise() {
        Tools.run(List.of("sh", "-c", LOAD, "sh", folder.toString()), PATIENCE).expectSuccess();
        try {
            connect();
            greet(folder.resolve("socket"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 7, InetAddress.getLoopbackAddress());
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            try (Socket accepted = server.accept()) {
                client.getOutputStream().write(new byte[3000]);
                assertThat(accepted.getInputStream().readNBytes(3000)).hasSize(3000);
            }
        }
    }

    private static void greet(Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (SocketChannel client = SocketChannel.open(address);
                    SocketChannel accepted = server.accept()) {
                client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
                assertThat(accepted.read(ByteBuffer.allocate(64))).isEqualTo(5);
            }
        }
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 1500));
    }
}

package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Links that other processes and threads hold. */
@NeedsBpf
class PinnedLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("::1");
    private static final int FORBID = 0;
    private static final int ALLOW = 1;

    private static VerdictProgram connecting(int verdict) {
        return VerdictProgram.of(ProgramType.CGROUP_SOCK_ADDR, Optional.of(AttachType.CGROUP_INET6_CONNECT), verdict);
    }

    private static void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket _ = new Socket(LOOPBACK, server.getLocalPort())) {
            assertThat(server.isBound()).isTrue();
        }
    }

    /** Forbids connections in a group, pins link and program, says so, and waits to be killed. */
    public static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (VerdictProgram program = connecting(FORBID);
                    LinuxLink link = Attacher.attach(program.program(), Cgroup.at(arguments[0]))) {
                link.pin(Path.of(arguments[1], "link"));
                program.program().pin(Path.of(arguments[1], "program"));
                System.out.println("pinned");
                System.out.println(System.in.read());
            }
        }
    }

    @Test
    void aPinnedLinkOutlivesAKilledProcessAndIsTakenOver() throws IOException, InterruptedException {
        connect();
        try (TestCgroup group = new TestCgroup();
                PrivateMount bpffs = PrivateMount.of("bpf")) {
            killHolder(group, bpffs);
            assertThatThrownBy(PinnedLinkTest::connect).hasMessageContaining("not permitted");
            Path pin = bpffs.root().resolve("link");
            try (LinuxProgram forbids = LinuxProgram.ofPin(bpffs.root().resolve("program"));
                    VerdictProgram allows = connecting(ALLOW)) {
                assertThatThrownBy(() -> BpfLink.ofPin(pin, allows.program(), Cgroup.at(group.path())))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
                try (BpfLink link = BpfLink.ofPin(pin, forbids, Cgroup.at(group.path()))) {
                    assertThat(LinkInfo.all()).contains(link.info());
                    assertThat(link.info().place()).isInstanceOf(LinkPlace.Cgroup.class);
                    link.update(allows.program());
                    connect();
                    assertThat(allows.runs()).isPositive();
                    Files.delete(pin);
                }
                long before = allows.runs();
                connect();
                assertThat(allows.runs()).isEqualTo(before);
            }
        }
    }

    private static void killHolder(TestCgroup group, PrivateMount bpffs) throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        group.path(),
                        bpffs.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("pinned");
        } finally {
            holder.destroyForcibly().waitFor(); // SIGKILL
        }
    }

    @Test
    void threadsOfEitherKindAttachAndCloseAtOnce() throws Exception {
        try (TestCgroup group = new TestCgroup()) {
            allAtOnce(Executors.newVirtualThreadPerTaskExecutor(), group); // for which the JVM opens what it keeps
            long descriptors = OpenDescriptors.count();
            allAtOnce(Executors.newVirtualThreadPerTaskExecutor(), group);
            allAtOnce(Executors.newFixedThreadPool(8), group);
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        }
    }

    private static void allAtOnce(ExecutorService threads, TestCgroup group) throws Exception {
        try (threads) {
            List<Future<Long>> runs = IntStream.range(0, 24)
                    .mapToObj(_ -> threads.submit(() -> attachConnectClose(group)))
                    .toList();
            for (Future<Long> each : runs) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    private static long attachConnectClose(TestCgroup group) throws IOException {
        try (VerdictProgram program = connecting(ALLOW)) {
            try (LinuxLink _ = Attacher.attach(program.program(), Cgroup.at(group.path()))) {
                connect();
            }
            return program.runs();
        }
    }
}

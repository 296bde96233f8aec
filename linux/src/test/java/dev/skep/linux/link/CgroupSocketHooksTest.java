package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the processes of a control group do with sockets of IPv4 and of the Unix kind, and with sockets as security modules see it. */
@NeedsKernel(feature = KernelFeature.CGROUP_LINK)
@Tag("vm")
class CgroupSocketHooksTest {
    private static final int ALLOW = 1;

    private TestCgroup group;

    @BeforeEach
    void enter() {
        group = new TestCgroup();
    }

    @AfterEach
    void leave() {
        group.close();
    }

    private void keepsTheContract(ProgramType type, AttachType attachType, Runnable deed) {
        new NetworkLinkContract(
                        () -> VerdictProgram.of(type, Optional.of(attachType), ALLOW),
                        program -> Attacher.attach(program, Cgroup.at(group.path())),
                        deed)
                .holdsForLinks();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CGROUP_INET4_BIND",
                "CGROUP_INET4_CONNECT",
                "CGROUP_UDP4_SENDMSG",
                "CGROUP_UDP4_RECVMSG",
                "CGROUP_INET4_GETSOCKNAME",
                "CGROUP_INET4_GETPEERNAME"
            })
    void addressesOfIpv4KeepTheContract(AttachType attachType) {
        keepsTheContract(
                ProgramType.CGROUP_SOCK_ADDR, attachType, () -> converse(StandardProtocolFamily.INET, "127.0.0.1"));
    }

    @Test
    void theNameOfAPeerKeepsTheContract() {
        keepsTheContract(
                ProgramType.CGROUP_SOCK_ADDR,
                AttachType.CGROUP_INET6_GETPEERNAME,
                () -> converse(StandardProtocolFamily.INET6, "::1"));
    }

    @Test
    void aBoundSocketOfIpv4KeepsTheContract() {
        keepsTheContract(
                ProgramType.CGROUP_SOCK,
                AttachType.CGROUP_INET4_POST_BIND,
                () -> converse(StandardProtocolFamily.INET, "127.0.0.1"));
    }

    /** A connection whose ends are asked for their names, and a datagram. */
    private static void converse(StandardProtocolFamily family, String loopback) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral(loopback), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open(family).bind(any);
                SocketChannel client = SocketChannel.open(family);
                DatagramChannel receiver = DatagramChannel.open(family).bind(any);
                DatagramChannel sender = DatagramChannel.open(family)) {
            client.connect(server.getLocalAddress());
            assertThat(SocketDescriptors.of(client)).isPositive(); // which asks for names
            sender.send(ByteBuffer.allocate(1), receiver.getLocalAddress());
            receiver.receive(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CGROUP_UNIX_CONNECT",
                "CGROUP_UNIX_SENDMSG",
                "CGROUP_UNIX_RECVMSG",
                "CGROUP_UNIX_GETSOCKNAME",
                "CGROUP_UNIX_GETPEERNAME"
            })
    @NeedsKernel(feature = KernelFeature.CGROUP_UNIX)
    void unixSocketsKeepTheContract(AttachType attachType) {
        keepsTheContract(ProgramType.CGROUP_SOCK_ADDR, attachType, () -> {
            try (UnixDatagrams sockets = new UnixDatagrams()) {
                sockets.send();
                sockets.connect();
                sockets.askForNames();
            }
        });
    }

    @Test
    @NeedsKernel(feature = KernelFeature.LSM_CGROUP)
    void aHookOfTheSecurityModulesKeepsTheContract() {
        int hook = KernelTypes.hook("socket_bind");
        new NetworkLinkContract(
                        () -> VerdictProgram.ofHook(AttachType.LSM_CGROUP, hook, ALLOW),
                        program -> Attacher.attach(program, Cgroup.at(group.path())),
                        () -> converse(StandardProtocolFamily.INET, "127.0.0.1"))
                .holdsForLinks();
    }
}

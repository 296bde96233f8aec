package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.netlink.NetlinkRequest;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.InputException;
import dev.skep.object.attach.NetworkPoint.TunnelRoute;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes whose packets pass a program. */
@NeedsBpf
@Tag("vm")
class RouteLinkTest {
    private static final int BPF_OK = 0; // enum bpf_ret_code of linux/bpf.h
    private static final String ELSEWHERE = "10.78.0.0/16";

    private CableNetwork network;

    @BeforeEach
    void connect() {
        network = CableNetwork.ofVeth();
    }

    @AfterEach
    void disconnect() {
        network.close();
    }

    private static VerdictProgram program(ProgramType type) {
        return VerdictProgram.of(type, Optional.empty(), BPF_OK);
    }

    private static TunnelRoute route(String destination) {
        return new TunnelRoute(destination, CableNetwork.NEAR, Optional.empty(), 0);
    }

    private LinuxLink attach(VerdictProgram program, TunnelRoute point) {
        return network.near().call(() -> Attacher.attach(program.program(), point));
    }

    private void send(String address) {
        send(network.near(), address);
    }

    private static void send(NamespaceThread from, String address) {
        from.run(() -> {
            try (DatagramSocket client = new DatagramSocket()) {
                client.send(
                        new DatagramPacket(new byte[1], 1, new InetSocketAddress(InetAddress.ofLiteral(address), 9)));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("unreachable"); // where no route leads
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"LWT_OUT", "LWT_XMIT"})
    void aRouteKeepsTheContract(ProgramType type) {
        TunnelRoute point = new TunnelRoute(
                ELSEWHERE, CableNetwork.NEAR, Optional.of(CableNetwork.FAR_ADDRESS.getHostAddress()), 0);
        network.connects(); // makes the gateway known
        new NetworkLinkContract(
                        () -> program(type),
                        program -> network.near().call(() -> Attacher.attach(program, point)),
                        () -> send("10.78.1.1"))
                .holdsWithoutLinks();
    }

    /** Near is a router for what far sends elsewhere. */
    @Test
    void whatComesInPassesTheProgramOfItsRoute() {
        network.near().run(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1"));
        network.far().run(RouteLinkTest::routeThroughNear);
        new NetworkLinkContract(
                        () -> program(ProgramType.LWT_IN),
                        program -> network.near().call(() -> Attacher.attach(program, route(ELSEWHERE))),
                        () -> {
                            send(network.far(), "10.78.2.1");
                            network.connects(); // behind it, so that the datagram has been handled
                        })
                .holdsWithoutLinks();
    }

    private static void routeThroughNear() {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            NetlinkRequest request = new NetlinkRequest(24, 0x600) // RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL
                    .u8(2) // AF_INET
                    .u8(16) // bits of the destination
                    .zeros(2)
                    .u8(254) // RT_TABLE_MAIN
                    .u8(4) // RTPROT_STATIC
                    .u8(0) // RT_SCOPE_UNIVERSE
                    .u8(1) // RTN_UNICAST
                    .u32(0)
                    .attribute(1, InetAddress.ofLiteral("10.78.0.0").getAddress()) // RTA_DST
                    .attribute(5, CableNetwork.NEAR_ADDRESS.getAddress()); // RTA_GATEWAY
            socket.request(request, "route through near");
        }
    }

    @Test
    void anotherRouteToTheSameDestinationIsNotReplaced() {
        try (VerdictProgram one = program(ProgramType.LWT_OUT);
                VerdictProgram two = program(ProgramType.LWT_OUT);
                LinuxLink _ = attach(one, route(ELSEWHERE))) {
            assertThatThrownBy(() -> attach(two, route(ELSEWHERE)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                    .hasMessageContaining("there is a route to this destination already");
        }
    }

    @Test
    void ipv6RoutesComeAndGo() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram one = program(ProgramType.LWT_XMIT);
                VerdictProgram two = program(ProgramType.LWT_XMIT)) {
            TunnelRoute point = new TunnelRoute("fd00:78::/32", CableNetwork.NEAR, Optional.empty(), 64);
            attach(one, point).close();
            attach(two, point).close();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    @Test
    void aSegmentRoutingEndpointHasItsRoute() {
        TunnelRoute point = new TunnelRoute("fd00:79::1/128", CableNetwork.NEAR, Optional.empty(), 0);
        try (VerdictProgram program = program(ProgramType.LWT_SEG6LOCAL);
                VerdictProgram replacement = program(ProgramType.LWT_SEG6LOCAL)) {
            try (LinuxLink link = attach(program, point)) {
                assertThatThrownBy(() -> attach(program, point)).hasMessageContaining("EEXIST");
                link.update(replacement.program());
            }
            attach(program, point).close();
        }
    }

    @Test
    void closingIsNoErrorWhenTheInterfaceIsGone() {
        try (VerdictProgram program = program(ProgramType.LWT_OUT);
                LinuxLink _ = attach(program, route(ELSEWHERE))) {
            network.unplug();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.78.0.0/33, 0, a prefix of /33",
        "example.org, 0, example.org is not an IP address",
        "10.78.0.0/16, 300, a headroom of 300 bytes",
        "10.78.0.0/x, 0, a prefix of /x"
    })
    void whatIsNoRouteIsRefusedBeforeTheKernelSeesIt(String destination, int headroom, String problem) {
        try (VerdictProgram program = program(ProgramType.LWT_XMIT)) {
            TunnelRoute point = new TunnelRoute(destination, CableNetwork.NEAR, Optional.empty(), headroom);
            assertThatThrownBy(() -> attach(program, point))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void bitsBehindThePrefixAreExplained() {
        try (VerdictProgram program = program(ProgramType.LWT_OUT)) {
            assertThatThrownBy(() -> attach(program, route("10.78.1.0/16")))
                    .hasMessageContaining("EINVAL")
                    .hasMessageContaining("bits set behind its prefix");
        }
    }
}

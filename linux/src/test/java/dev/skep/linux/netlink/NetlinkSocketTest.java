package dev.skep.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsBpf;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Talking to this machine's kernel. */
@NeedsBpf
class NetlinkSocketTest {
    @Test
    void interfacesAreThoseThatJavaSees() throws SocketException {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            Interfaces interfaces = new Interfaces(socket);
            for (NetworkInterface each : interfaces.list()) {
                java.net.NetworkInterface seen = java.net.NetworkInterface.getByIndex(each.index());
                if (seen != null) { // Java leaves out some that have no address
                    assertThat(each.name()).isEqualTo(seen.getName());
                    assertThat(each.mtu()).isEqualTo(seen.getMTU());
                }
                assertThat(interfaces.byIndex(each.index()).orElseThrow().name())
                        .isEqualTo(each.name());
            }
            assertThat(interfaces.byName("lo").flags() & 1).isEqualTo(1);
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsNotFound() {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            Interfaces interfaces = new Interfaces(socket);
            assertThat(interfaces.byIndex(Integer.MAX_VALUE)).isEmpty();
            for (String name : List.of("no-such", "a-name-longer-than-interfaces-may-have")) {
                assertThatThrownBy(() -> interfaces.byName(name))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV))
                        .hasMessageContaining("there is no network interface " + name)
                        .hasMessageContaining("there are lo");
            }
        }
    }

    @Test
    void aRefusalBringsTheKernelsWords() {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            NetlinkRequest request = new NetlinkRequest(16, 0x600) // RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL
                    .zeros(16)
                    .nested(18, info -> info.attribute(1, "no-such-kind")); // IFLA_LINKINFO, IFLA_INFO_KIND
            assertThatThrownBy(() -> socket.request(request, "make an interface"))
                    .isInstanceOfSatisfying(
                            NetlinkException.class,
                            e -> assertThat(e.explanation()).contains("the kernel says: Unknown device type"))
                    .hasMessageStartingWith("EOPNOTSUPP: cannot make an interface");
            assertThat(new Interfaces(socket).byName("lo").name()).isEqualTo("lo");
        }
    }

    @Test
    void threadsOfEitherKindShareASocket() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> names = IntStream.range(0, 50)
                    .mapToObj(_ -> threads.submit(
                            () -> new Interfaces(socket).byName("lo").name()))
                    .toList();
            for (Future<String> name : names) {
                assertThat(name.get()).isEqualTo("lo");
            }
        }
    }
}

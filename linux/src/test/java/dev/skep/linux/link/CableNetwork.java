package dev.skep.linux.link;

import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkRequest;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.system.FileDescriptor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;

/** Two namespaces and a cable: {@code near0} (10.77.0.1) in one, {@code far0} (10.77.0.2) in the other. */
final class CableNetwork implements AutoCloseable {
    static final String NEAR = "near0";
    static final String FAR = "far0";
    static final InetAddress NEAR_ADDRESS = InetAddress.ofLiteral("10.77.0.1");
    static final InetAddress FAR_ADDRESS = InetAddress.ofLiteral("10.77.0.2");
    private static final int ECHO_PORT = 7;
    private static final int PATIENCE_MILLIS = 300;
    private static final int ATTEMPTS = 30;

    // linux/rtnetlink.h, linux/if_link.h, linux/veth.h, linux/if_addr.h
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_NEWADDR = 20;
    private static final int NLM_F_CREATE_EXCL = 0x600;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int PEER_INFO = 1; // VETH_INFO_PEER, IFLA_NETKIT_PEER_INFO
    private static final int IFLA_NETKIT_MODE = 4;
    private static final int NETKIT_L2 = 0;
    private static final int IFF_UP = 1;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int AF_INET = 2;

    private final NamespaceThread near = new NamespaceThread();
    private final NamespaceThread far = new NamespaceThread();

    /** Connected by an Ethernet pair. */
    static CableNetwork ofVeth() {
        return new CableNetwork("veth", _ -> {});
    }

    /** Connected by a netkit pair whose primary device is near. */
    static CableNetwork ofNetkit() {
        return new CableNetwork("netkit", data -> data.attribute(IFLA_NETKIT_MODE, NETKIT_L2));
    }

    private CableNetwork(String kind, Consumer<NetlinkRequest> details) {
        near.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open();
                    FileDescriptor other = FileDescriptor.open(far.file(), FileDescriptor.O_RDONLY)) {
                NetlinkRequest request = link(RTM_NEWLINK, NLM_F_CREATE_EXCL, 0, 0)
                        .attribute(IFLA_IFNAME, NEAR)
                        .nested(
                                IFLA_LINKINFO,
                                info -> info.attribute(IFLA_INFO_KIND, kind).nested(IFLA_INFO_DATA, data -> {
                                    details.accept(data);
                                    data.nested(
                                            PEER_INFO,
                                            peer -> peer.zeros(16)
                                                    .attribute(IFLA_IFNAME, FAR)
                                                    .attribute(IFLA_NET_NS_FD, other.number()));
                                }));
                socket.request(request, "make a pair of kind " + kind);
                bringUp(socket, NEAR, NEAR_ADDRESS);
            }
        });
        far.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open()) {
                bringUp(socket, FAR, FAR_ADDRESS);
            }
        });
    }

    private static NetlinkRequest link(int type, int flags, int index, int interfaceFlags) {
        return new NetlinkRequest(type, flags)
                .u8(0)
                .zeros(3)
                .u32(index)
                .u32(interfaceFlags)
                .u32(interfaceFlags);
    }

    private static void bringUp(NetlinkSocket socket, String name, InetAddress address) {
        int index = new Interfaces(socket).byName(name).index();
        NetlinkRequest request = new NetlinkRequest(RTM_NEWADDR, NLM_F_CREATE_EXCL)
                .u8(AF_INET)
                .u8(24)
                .zeros(2)
                .u32(index)
                .attribute(IFA_LOCAL, address.getAddress())
                .attribute(IFA_ADDRESS, address.getAddress());
        socket.request(request, "give " + name + " an address");
        socket.request(link(RTM_NEWLINK, 0, index, IFF_UP), "bring " + name + " up");
        socket.request(link(RTM_NEWLINK, 0, new Interfaces(socket).byName("lo").index(), IFF_UP), "bring lo up");
    }

    NamespaceThread near() {
        return near;
    }

    NamespaceThread far() {
        return far;
    }

    /** Sends a datagram from near to far and back. @return whether it came back */
    boolean echo() {
        DatagramSocket server = far.call(() -> socket(FAR_ADDRESS, ECHO_PORT));
        try (server;
                DatagramSocket client = near.call(() -> socket(NEAR_ADDRESS, 0))) {
            client.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, new InetSocketAddress(FAR_ADDRESS, ECHO_PORT)));
            DatagramPacket packet = new DatagramPacket(new byte[16], 16);
            server.receive(packet);
            server.send(packet);
            client.receive(packet);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends datagrams until one comes back. @return whether one did within the patience one has with a busy machine */
    boolean connects() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (echo()) {
                return true;
            }
        }
        return false;
    }

    private static DatagramSocket socket(InetAddress address, int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Takes the cable away. */
    void unplug() {
        near.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open()) {
                int index = new Interfaces(socket).byName(NEAR).index();
                socket.request(link(RTM_DELLINK, 0, index, 0), "delete " + NEAR);
            }
        });
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}

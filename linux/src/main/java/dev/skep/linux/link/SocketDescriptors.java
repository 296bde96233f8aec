package dev.skep.linux.link;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the descriptors of the JVM's sockets, which Java does not tell: it is the descriptor of this process whose
 * socket has the channel's addresses.
 *
 * <pre>{@code
 * try (DatagramChannel channel = DatagramChannel.open().bind(address)) {
 *     host.attach(filter, new NetworkPoint.Socket(SocketDescriptors.of(channel)));
 * }
 * }</pre>
 */
public final class SocketDescriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private static final int AF_INET = 2; // linux/socket.h
    private static final int AF_INET6 = 10;
    private static final int SOCKADDR_SIZE = 128; // struct sockaddr_storage
    private static final int SIN_PORT = 2; // struct sockaddr_in: family 2, port 2 (big-endian), address 4
    private static final int SIN_ADDR = 4;
    private static final int SIN6_ADDR = 8; // struct sockaddr_in6: family 2, port 2, flow 4, address 16

    private static final int SOL_SOCKET = 1; // asm-generic/socket.h
    private static final int SO_TYPE = 3;
    private static final int SOCK_STREAM = 1; // linux/net.h
    private static final int SOCK_DGRAM = 2;

    private SocketDescriptors() {}

    /**
     * The descriptor of a bound channel. It belongs to the channel, and is another socket's once that is closed.
     *
     * @throws HostException ENOTCONN if the channel is not bound or is not an internet socket's; ENOTUNIQ if several
     *     sockets of this process have its addresses, as those with {@code SO_REUSEPORT} may: any of them does for a
     *     program of the whole group, {@link #all} finds them
     */
    public static int of(NetworkChannel channel) {
        List<Integer> found = all(channel);
        if (found.size() != 1) {
            throw new HostException(
                    Errno.ENOTUNIQ,
                    "cannot tell which descriptor is that of " + channel + ": " + found + " have its addresses");
        }
        return found.getFirst();
    }

    /**
     * The descriptors of all sockets of this process with the channel's addresses and type.
     *
     * @throws HostException ENOTCONN
     */
    public static List<Integer> all(NetworkChannel channel) {
        InetSocketAddress local = internet(channel)
                .orElseThrow(() -> new HostException(
                        Errno.ENOTCONN,
                        "cannot find the descriptor of " + channel + ": it is not bound to an internet address"));
        Optional<InetSocketAddress> peer = peer(channel);
        int type = channel instanceof DatagramChannel ? SOCK_DGRAM : SOCK_STREAM;
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
            for (Path each : open) {
                int descriptor = Integer.parseInt(each.getFileName().toString());
                if (type(descriptor) == type
                        && address(SystemCall.GETSOCKNAME, descriptor).equals(Optional.of(local))
                        && address(SystemCall.GETPEERNAME, descriptor).equals(peer)) {
                    found.add(descriptor);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the open descriptors", e);
        }
        return found;
    }

    private static Optional<InetSocketAddress> internet(NetworkChannel channel) {
        try {
            return channel.getLocalAddress() instanceof InetSocketAddress address
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the address of " + channel, e);
        }
    }

    private static Optional<InetSocketAddress> peer(NetworkChannel channel) {
        try {
            SocketAddress peer = switch (channel) {
                case SocketChannel socket -> socket.getRemoteAddress();
                case DatagramChannel socket -> socket.getRemoteAddress();
                default -> null;
            };
            return peer instanceof InetSocketAddress address ? Optional.of(address) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the peer of " + channel, e);
        }
    }

    /** {@code SOCK_*}; 0 for what is no socket. */
    private static int type(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            SystemCalls.call(
                    SystemCall.GETSOCKOPT, descriptor, SOL_SOCKET, SO_TYPE, value.address(), size.address(), 0);
            return value.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /**
     * What the call says; empty for what has no such address. IPv4 addresses in IPv6 clothes come out as IPv4, as Java
     * has them.
     */
    private static Optional<InetSocketAddress> address(SystemCall call, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_SIZE, 8);
            MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, SOCKADDR_SIZE);
            if (SystemCalls.call(call, descriptor, address.address(), size.address()) < 0) {
                return Optional.empty();
            }
            int port = Short.toUnsignedInt(Short.reverseBytes(address.get(ValueLayout.JAVA_SHORT, SIN_PORT)));
            return switch (address.get(ValueLayout.JAVA_SHORT, 0)) {
                case AF_INET -> Optional.of(internet(address.asSlice(SIN_ADDR, 4), port));
                case AF_INET6 -> Optional.of(internet(address.asSlice(SIN6_ADDR, 16), port));
                default -> Optional.empty();
            };
        }
    }

    private static InetSocketAddress internet(MemorySegment address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.toArray(ValueLayout.JAVA_BYTE)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // an address of 4 or 16 bytes is never refused
        }
    }
}

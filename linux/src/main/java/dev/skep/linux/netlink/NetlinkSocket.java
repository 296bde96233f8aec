package dev.skep.linux.netlink;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation with the kernel's network stack. The socket belongs to the network namespace of the thread that opened
 * it, and stays there whichever thread uses it. Thread-safe: one request at a time.
 *
 * <p>The kernel answers at once, so requests hold a thread up no longer than any system call.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;

    private static final int SOL_SOCKET = 1; // asm-generic/socket.h
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_NETLINK = 270; // linux/socket.h
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int MSG_TRUNC = 0x20;

    private static final int NLM_F_REQUEST = 0x01;
    private static final int NLM_F_ACK = 0x04;
    private static final int NLM_F_DUMP = 0x300;

    /** The kernel fills datagrams of a dump up to 32 KiB (netlink_dump). */
    private static final int RECEIVE_SIZE = 64 << 10;

    private static final int SOCKADDR_NL_SIZE = 12; // family 2, pad 2, pid 4, groups 4
    private static final int SOCKADDR_NL_PID = 4;
    private static final long TIMEOUT_SECONDS = 10;
    private static final int DUMP_ATTEMPTS = 10;

    private final FileDescriptor descriptor;
    private final String namespace;
    private int sequence;

    private NetlinkSocket(FileDescriptor descriptor, String namespace) {
        this.descriptor = descriptor;
        this.namespace = namespace;
    }

    /** Opens a socket in the calling thread's network namespace. @throws HostException if the kernel refuses */
    public static NetlinkSocket open() {
        long result = SystemCalls.call(SystemCall.SOCKET, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        FileDescriptor descriptor = FileDescriptor.owning(SystemFailure.check(result, "open a netlink socket"));
        try (Arena arena = Arena.ofConfined()) {
            // All are comforts that older kernels lack (4.2, 4.12, 4.20): without them errors say less and dumps say
            // more.
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            option(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, one);
            option(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, one);
            option(descriptor, SOL_NETLINK, NETLINK_GET_STRICT_CHK, one);
            option(descriptor, SOL_SOCKET, SO_RCVTIMEO, arena.allocateFrom(ValueLayout.JAVA_LONG, TIMEOUT_SECONDS, 0L));
        }
        return new NetlinkSocket(descriptor, currentNamespace());
    }

    /** As {@code /proc} names it: {@code net:[4026531840]}; "" without {@code /proc}. */
    private static String currentNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** A name for the socket's network namespace, the same for all sockets in it. */
    String namespace() {
        return namespace;
    }

    private static void option(FileDescriptor descriptor, int level, int option, MemorySegment value) {
        descriptor.call(SystemCall.SETSOCKOPT, level, option, value.address(), value.byteSize(), 0);
    }

    /**
     * Asks for one thing to be done or told.
     *
     * @param attempted for messages, in the infinitive: "delete the filter"
     * @return what came before the acknowledgement: the answer to a GET, the echo of a NEW
     * @throws NetlinkException if the kernel refuses
     */
    public synchronized List<NetlinkMessage> request(NetlinkRequest request, String attempted) {
        int number = send(request, NLM_F_ACK, attempted);
        List<NetlinkMessage> answers = new ArrayList<>();
        while (true) {
            for (NetlinkMessage message : receive(attempted)) {
                if (message.sequence() != number) {
                    continue; // the rest of a request that was given up
                }
                if (message.type() == NetlinkMessage.ERROR) {
                    check(ExtendedAck.of(message), attempted);
                    return answers;
                }
                answers.add(message);
            }
        }
    }

    /**
     * Asks for a list; asks again if it changed while the kernel was writing it.
     *
     * @throws HostException if the kernel refuses ({@link NetlinkException}); EAGAIN if it keeps changing
     */
    public synchronized List<NetlinkMessage> dump(NetlinkRequest request, String attempted) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<NetlinkMessage> answers = new ArrayList<>();
            if (dumpOnce(request, attempted, answers)) {
                return answers;
            }
        }
        throw new HostException(
                Errno.EAGAIN,
                "cannot " + attempted + ": it changed during each of " + DUMP_ATTEMPTS
                        + " attempts to list it; try again");
    }

    /** @return false if the list is inconsistent */
    private boolean dumpOnce(NetlinkRequest request, String attempted, List<NetlinkMessage> answers) {
        int number = send(request, NLM_F_DUMP, attempted);
        boolean consistent = true;
        while (true) {
            for (NetlinkMessage message : receive(attempted)) {
                if (message.sequence() != number) {
                    continue;
                }
                consistent &= (message.flags() & NetlinkMessage.DUMP_INTERRUPTED) == 0;
                switch (message.type()) {
                    case NetlinkMessage.ERROR -> {
                        check(ExtendedAck.of(message), attempted);
                        return consistent;
                    }
                    case NetlinkMessage.DONE -> {
                        check(ExtendedAck.ofDump(message), attempted);
                        return consistent;
                    }
                    default -> answers.add(message);
                }
            }
        }
    }

    private static void check(ExtendedAck verdict, String attempted) {
        if (verdict.result() < 0) {
            throw new NetlinkException(verdict, attempted);
        }
    }

    private int send(NetlinkRequest request, int flags, String attempted) {
        int number = ++sequence;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message =
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, request.encode(NLM_F_REQUEST | flags, number));
            long result;
            do {
                result = descriptor.call(SystemCall.SENDTO, message.address(), message.byteSize(), 0, 0, 0);
            } while (SystemFailure.is(result, Errno.EINTR));
            SystemFailure.check(result, attempted + " (sending to netlink)");
        }
        return number;
    }

    private List<NetlinkMessage> receive(String attempted) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(RECEIVE_SIZE, 8);
            MemorySegment sender = arena.allocate(SOCKADDR_NL_SIZE, 4);
            MemorySegment senderSize = arena.allocate(ValueLayout.JAVA_INT);
            while (true) {
                senderSize.set(ValueLayout.JAVA_INT, 0, SOCKADDR_NL_SIZE);
                long length = descriptor.call(
                        SystemCall.RECVFROM,
                        buffer.address(),
                        buffer.byteSize(),
                        MSG_TRUNC,
                        sender.address(),
                        senderSize.address());
                if (SystemFailure.is(length, Errno.EINTR)) {
                    continue;
                }
                SystemFailure.check(length, attempted + " (waiting for netlink's answer)");
                if (length > buffer.byteSize()) {
                    throw Attributes.malformed("a datagram of " + length + " bytes");
                }
                if (sender.get(ValueLayout.JAVA_INT, SOCKADDR_NL_PID)
                        == 0) { // any process may write to us; 0 is the kernel
                    return NetlinkMessage.parse(
                            Bytes.of(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
                }
            }
        }
    }

    /** Closes the socket. */
    @Override
    public void close() {
        descriptor.close();
    }
}

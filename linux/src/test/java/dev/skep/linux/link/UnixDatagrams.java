package dev.skep.linux.link;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Two Unix sockets for datagrams, which Java does not have, and all that can be done between them. */
final class UnixDatagrams implements AutoCloseable {
    private static final int AF_UNIX = 1; // linux/socket.h
    private static final int SOCK_DGRAM = 2; // linux/net.h
    private static final int SOCKADDR_SIZE = 110; // struct sockaddr_un: family 2, path 108

    private final Arena arena = Arena.ofConfined();
    private final FileDescriptor server = socket();
    private final FileDescriptor client = socket();
    private final MemorySegment address;

    /** Binds both. Their names are of the abstract kind, which leaves no files. */
    UnixDatagrams() {
        String name = "skep-" + ProcessHandle.current().pid() + "-" + server.number();
        address = address(name);
        call("bind", SystemCall.BIND, server, address.address(), address.byteSize());
        MemorySegment own = address(name + "-client");
        call("bind", SystemCall.BIND, client, own.address(), own.byteSize());
    }

    private static FileDescriptor socket() {
        return FileDescriptor.owning(
                SystemFailure.check(SystemCalls.call(SystemCall.SOCKET, AF_UNIX, SOCK_DGRAM, 0), "open a socket"));
    }

    private MemorySegment address(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        MemorySegment address = arena.allocate(2 + 1 + bytes.length, 2); // a zero byte begins abstract names
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 3, bytes.length);
        return address;
    }

    private static void call(String attempted, SystemCall call, FileDescriptor socket, long first, long second) {
        SystemFailure.check(SystemCalls.call(call, socket.number(), first, second), attempted);
    }

    /** Sends a byte to a name, and receives it with the sender's. */
    void send() {
        MemorySegment data = arena.allocate(1);
        long sent = SystemCalls.call(
                SystemCall.SENDTO, client.number(), data.address(), 1, 0, address.address(), address.byteSize());
        SystemFailure.check(sent, "send");
        MemorySegment from = arena.allocate(SOCKADDR_SIZE, 4);
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SOCKADDR_SIZE);
        long received = SystemCalls.call(
                SystemCall.RECVFROM, server.number(), data.address(), 1, 0, from.address(), length.address());
        SystemFailure.check(received, "receive");
    }

    /** Connects to the name. */
    void connect() {
        call("connect", SystemCall.CONNECT, client, address.address(), address.byteSize());
    }

    /** Asks for both names of the connected socket. */
    void askForNames() {
        MemorySegment name = arena.allocate(SOCKADDR_SIZE, 4);
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SOCKADDR_SIZE);
        call("ask for the own name", SystemCall.GETSOCKNAME, client, name.address(), length.address());
        length.set(ValueLayout.JAVA_INT, 0, SOCKADDR_SIZE);
        call("ask for the peer's name", SystemCall.GETPEERNAME, client, name.address(), length.address());
    }

    @Override
    public void close() {
        server.close();
        client.close();
        arena.close();
    }
}

package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A socket of this process: a program of type SOCKET_FILTER says how many bytes of each packet the socket receives; one
 * of type SK_REUSEPORT says which of the sockets bound to the same port ({@code SO_REUSEPORT}) a packet is for.
 *
 * <pre>{@code
 * int descriptor = SocketDescriptors.of(channel);
 * LinuxLink link = host.attach(program, new NetworkPoint.Socket(descriptor));
 * }</pre>
 *
 * <p>By {@code SO_ATTACH_BPF} (Linux 3.19) and {@code SO_ATTACH_REUSEPORT_EBPF} (Linux 4.5); there is no link. The
 * socket is not kept open; it is recognised by its cookie ({@code SO_COOKIE}, Linux 4.12), so that no other socket that
 * has got the number since is touched. A socket has one filter: attaching replaces it.
 */
final class SocketLink extends DirectLink {
    private static final int SOL_SOCKET = 1; // asm-generic/socket.h, as are the options
    private static final int SO_DETACH_FILTER = 27;
    private static final int SO_ATTACH_BPF = 50;
    private static final int SO_ATTACH_REUSEPORT_EBPF = 52;
    private static final int SO_COOKIE = 57;
    private static final int SO_DETACH_REUSEPORT_BPF = 68;

    private final int socket;
    private final long cookie;
    private final boolean reuseport;

    private SocketLink(LinuxProgram program, NetworkPoint.Socket point, FileDescriptor attached, long cookie) {
        super(program, point, new Holdings(), attached); // the socket is its owner's
        this.socket = point.descriptor();
        this.cookie = cookie;
        this.reuseport = program.spec().type() == ProgramType.SK_REUSEPORT;
    }

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Socket point) {
        AttachFailure.requireType(program, point, ProgramType.SOCKET_FILTER, ProgramType.SK_REUSEPORT);
        long cookie;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            long result = cookie(point.descriptor(), arena, value);
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, false));
            }
            cookie = value.get(ValueLayout.JAVA_LONG, 0);
        }
        FileDescriptor attached = program.descriptor().duplicate();
        SocketLink link = new SocketLink(program, point, attached, cookie);
        long result = link.set(attached);
        if (result < 0) {
            attached.close();
            throw AttachFailure.refused(result, program, point, likelyCause(result, link.reuseport));
        }
        return link;
    }

    private static String likelyCause(long result, boolean reuseport) {
        return switch (SystemFailure.errno(result)) {
            case EBADF, ENOTSOCK ->
                "no socket of this process has this number; for one of the JVM ask SocketDescriptors";
            case EINVAL ->
                reuseport
                        ? "the socket must be bound with SO_REUSEPORT, TCP or UDP, and the program's map a "
                                + "REUSEPORT_SOCKARRAY or SOCKMAP"
                        : "";
            case EPERM -> "the socket's filter is locked (SO_LOCK_FILTER)";
            default -> "";
        };
    }

    private static long cookie(int socket, Arena arena, MemorySegment value) {
        MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, Long.BYTES);
        return SystemCalls.call(
                SystemCall.GETSOCKOPT, socket, SOL_SOCKET, SO_COOKIE, value.address(), size.address(), 0);
    }

    private boolean isStillThere() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            return cookie(socket, arena, value) >= 0 && value.get(ValueLayout.JAVA_LONG, 0) == cookie;
        }
    }

    private long set(FileDescriptor program) {
        return program.with(number -> option(reuseport ? SO_ATTACH_REUSEPORT_EBPF : SO_ATTACH_BPF, number));
    }

    private long option(int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            return SystemCalls.call(
                    SystemCall.SETSOCKOPT, socket, SOL_SOCKET, option, number.address(), number.byteSize(), 0);
        }
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        if (!isStillThere()) {
            throw SystemFailure.refused(Errno.EBADF.negated(), "update " + this, "the socket has been closed");
        }
        SystemFailure.check(set(replacement), "replace the program of " + target());
    }

    @Override
    void detach(FileDescriptor program) {
        if (!isStillThere()) {
            return;
        }
        long result = option(reuseport ? SO_DETACH_REUSEPORT_BPF : SO_DETACH_FILTER, 0);
        if (result < 0) {
            switch (SystemFailure.errno(result)) {
                case ENOENT, EBADF -> {} // somebody else has taken it away, or closed the socket meanwhile
                default -> throw SystemFailure.refused(result, "detach " + this);
            }
        }
    }
}

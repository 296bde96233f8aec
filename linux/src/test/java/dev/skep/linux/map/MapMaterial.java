package dev.skep.linux.map;

import dev.skep.linux.link.PrivateMount;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What maps hold by descriptor, made for a test and gone with it: programs, maps, sockets, events, groups, processes, files. */
final class MapMaterial implements AutoCloseable {
    private static final int AF_INET = 2; // linux/socket.h
    private static final int AF_XDP = 44;
    private static final int SOCK_STREAM = 1; // linux/net.h
    private static final int SOCK_RAW = 3;
    private static final int SOL_SOCKET = 1; // asm-generic/socket.h
    private static final int SO_REUSEPORT = 15;
    private static final int SOL_XDP = 283; // linux/socket.h
    private static final int XDP_RX_RING = 2; // linux/if_xdp.h
    private static final int XDP_UMEM_REG = 4;
    private static final int XDP_UMEM_FILL_RING = 5;
    private static final int XDP_UMEM_REG_SIZE = 24; // struct xdp_umem_reg: addr, len, chunk_size, headroom
    private static final int PAGE = 4096;
    private static final int FRAMES = 8;

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Arena arena = Arena.ofShared();

    private <T extends AutoCloseable> T owning(T thing) {
        owned.push(thing);
        return thing;
    }

    LinuxProgram program() {
        return owning(NewPrograms.load(ProgramType.XDP, "r0 = 2\nexit\n"));
    }

    LinuxMap array() {
        return owning(NewMaps.create(MapType.ARRAY, 4, 4, 1));
    }

    FileDescriptor file() {
        return owning(FileDescriptor.open(Path.of("/proc/self/exe").toAbsolutePath(), FileDescriptor.O_RDONLY));
    }

    FileDescriptor process() {
        long self = ProcessHandle.current().pid();
        return owning(descriptor(SystemCalls.call(SystemCall.PIDFD_OPEN, self, 0, 0), "open a process"));
    }

    FileDescriptor cgroup() {
        PrivateMount mount = owning(PrivateMount.of("cgroup2"));
        return owning(FileDescriptor.open(mount.root(), FileDescriptor.O_RDONLY));
    }

    /** A software event that programs write records to. */
    FileDescriptor event() {
        PerfEvent event = owning(PerfEvent.open(
                attr -> attr.set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_SOFTWARE)
                        .set(PerfEventAttr.CONFIG, PerfEventAttr.PERF_COUNT_SW_BPF_OUTPUT),
                PerfEvent.Scope.cpu(0),
                "test a map"));
        return event.descriptor();
    }

    /** A listening TCP socket, one of a group that shares its port. */
    FileDescriptor listener() {
        FileDescriptor socket = socket(AF_INET, SOCK_STREAM);
        set(socket, SOL_SOCKET, SO_REUSEPORT, arena.allocateFrom(ValueLayout.JAVA_INT, 1));
        SystemFailure.check(SystemCalls.call(SystemCall.LISTEN, socket.number(), 1, 0), "listen");
        return socket;
    }

    /** A socket for packets of XDP, with all that a map demands: memory, and rings to fill and to receive. */
    FileDescriptor packetSocket() {
        FileDescriptor socket = socket(AF_XDP, SOCK_RAW);
        MemorySegment frames = arena.allocate((long) FRAMES * PAGE, PAGE);
        MemorySegment registration = arena.allocate(XDP_UMEM_REG_SIZE, Long.BYTES);
        registration.set(ValueLayout.JAVA_LONG, 0, frames.address());
        registration.set(ValueLayout.JAVA_LONG, 8, frames.byteSize());
        registration.set(ValueLayout.JAVA_INT, 16, PAGE);
        set(socket, SOL_XDP, XDP_UMEM_REG, registration);
        MemorySegment entries = arena.allocateFrom(ValueLayout.JAVA_INT, FRAMES);
        set(socket, SOL_XDP, XDP_UMEM_FILL_RING, entries);
        set(socket, SOL_XDP, XDP_RX_RING, entries);
        return socket;
    }

    private FileDescriptor socket(int family, int type) {
        return owning(descriptor(SystemCalls.call(SystemCall.SOCKET, family, type, 0), "open a socket"));
    }

    private static FileDescriptor descriptor(long result, String attempted) {
        return FileDescriptor.owning(SystemFailure.check(result, attempted));
    }

    private static void set(FileDescriptor socket, int level, int option, MemorySegment value) {
        long result = SystemCalls.call(
                SystemCall.SETSOCKOPT, socket.number(), level, option, value.address(), value.byteSize(), 0);
        SystemFailure.check(result, "set option " + option + " of a socket");
    }

    @Override
    public void close() throws Exception {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
        arena.close();
    }
}

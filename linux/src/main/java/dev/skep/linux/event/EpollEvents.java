package dev.skep.linux.event;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** The calls of epoll(7) on one epoll descriptor, and {@code struct epoll_event} of linux/eventpoll.h. */
final class EpollEvents {
    static final int EPOLLIN = 1;
    static final int EPOLLOUT = 4;
    static final int EPOLLONESHOT = 1 << 30;

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;

    /** The structure is packed on x86-64 alone (EPOLL_PACKED). */
    private static final boolean PACKED = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> true;
        default -> false;
    };

    private static final int EVENTS = 0;
    private static final int DATA = PACKED ? 4 : 8;
    static final int SIZE = PACKED ? 12 : 16;

    private EpollEvents() {}

    static FileDescriptor create() {
        return FileDescriptor.owning(SystemFailure.check(
                SystemCalls.call(SystemCall.EPOLL_CREATE1, EPOLL_CLOEXEC, 0, 0),
                "make an epoll descriptor to wait for events with"));
    }

    /** Watches a descriptor. @param data what {@link #data} gives for it */
    static void add(FileDescriptor epoll, int watched, int events, long data) {
        SystemFailure.check(control(epoll, EPOLL_CTL_ADD, watched, events, data), "wait for events of a descriptor");
    }

    /** Watches a descriptor that is watched already in another way, or again. */
    static void change(FileDescriptor epoll, int watched, int events, long data) {
        SystemFailure.check(
                control(epoll, EPOLL_CTL_MOD, watched, events, data), "wait for events of a descriptor again");
    }

    /** Watches a descriptor no longer, if it was. */
    static void remove(FileDescriptor epoll, int watched) {
        control(epoll, EPOLL_CTL_DEL, watched, 0, 0);
    }

    private static long control(FileDescriptor epoll, int operation, int watched, int events, long data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(SIZE, Long.BYTES);
            event.set(ValueLayout.JAVA_INT, EVENTS, events);
            event.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA, data);
            return epoll.call(SystemCall.EPOLL_CTL, operation, watched, event.address(), 0, 0);
        }
    }

    /**
     * Waits. Blocks the thread, with its carrier if it is virtual, unless {@code milliseconds} is 0.
     *
     * @param milliseconds -1 for ever
     * @return how many events are in {@code events}, or a negative error number
     */
    static long await(FileDescriptor epoll, MemorySegment events, int milliseconds) {
        return epoll.call(
                SystemCall.EPOLL_PWAIT, events.address(), events.byteSize() / SIZE, milliseconds, 0, Long.BYTES);
    }

    /** What the {@code index}th descriptor that is ready was added with. */
    static long data(MemorySegment events, long index) {
        return events.get(ValueLayout.JAVA_LONG_UNALIGNED, index * SIZE + DATA);
    }
}

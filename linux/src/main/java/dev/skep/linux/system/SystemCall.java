package dev.skep.linux.system;

import java.util.Locale;

/**
 * System calls by name, with their numbers: x86-64's from arch/x86/entry/syscalls/syscall_64.tbl, those of AArch64 and RISC-V from
 * include/uapi/asm-generic/unistd.h.
 */
public enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    MMAP(9, 222),
    MUNMAP(11, 215),
    RT_SIGACTION(13, 134),
    IOCTL(16, 29),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKNAME(51, 204),
    GETPEERNAME(52, 205),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    FCNTL(72, 25),
    UNAME(63, 160),
    STATFS(137, 43),
    GETRLIMIT(97, 163),
    SETRLIMIT(160, 164),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    OPENAT(257, 56),
    UNLINKAT(263, 35),
    EPOLL_CREATE1(291, 20),
    EPOLL_CTL(233, 21),
    EPOLL_PWAIT(281, 22),
    EVENTFD2(290, 19),
    PERF_EVENT_OPEN(298, 241),
    UNSHARE(272, 97),
    SETNS(308, 268),
    BPF(321, 280),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    PIDFD_OPEN(434, 434),
    PIDFD_GETFD(438, 438);

    private static final boolean X86_64 = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> true;
        default -> false;
    };

    private final int x86;
    private final int generic;

    SystemCall(int x86, int generic) {
        this.x86 = x86;
        this.generic = generic;
    }

    /** The number on this machine's architecture. */
    int number() {
        return X86_64 ? x86 : generic;
    }
}

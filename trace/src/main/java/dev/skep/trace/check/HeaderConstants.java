package dev.skep.trace.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Constants of the kernel's headers that BTF does not tell, as scripts use them after an {@code #include}: linux/socket.h,
 * linux/sched.h, uapi/asm-generic/errno-base.h, uapi/linux/stat.h, uapi/asm-generic/fcntl.h, signal.h.
 */
final class HeaderConstants {
    private static final List<String> ERRORS = List.of(
            "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN",
            "ENOMEM", "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR",
            "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE",
            "EDOM", "ERANGE");

    private static final Map<String, Long> OTHERS = Map.ofEntries(
            Map.entry("AF_UNSPEC", 0L),
            Map.entry("AF_UNIX", 1L),
            Map.entry("AF_INET", 2L),
            Map.entry("AF_INET6", 10L),
            Map.entry("AF_NETLINK", 16L),
            Map.entry("AF_PACKET", 17L),
            Map.entry("TASK_RUNNING", 0L),
            Map.entry("TASK_INTERRUPTIBLE", 1L),
            Map.entry("TASK_UNINTERRUPTIBLE", 2L),
            Map.entry("S_IFMT", 0xf000L),
            Map.entry("S_IFREG", 0x8000L),
            Map.entry("S_IFDIR", 0x4000L),
            Map.entry("S_IFLNK", 0xa000L),
            Map.entry("O_RDONLY", 0L),
            Map.entry("O_WRONLY", 1L),
            Map.entry("O_RDWR", 2L),
            Map.entry("O_CREAT", 0x40L),
            Map.entry("PAGE_SIZE", 4096L),
            Map.entry("NULL", 0L),
            Map.entry("SIGKILL", 9L),
            Map.entry("SIGTERM", 15L));

    private HeaderConstants() {}

    /** The number of a constant. */
    static Optional<Long> number(String name) {
        int error = ERRORS.indexOf(name);
        return error >= 0 ? Optional.of(error + 1L) : Optional.ofNullable(OTHERS.get(name));
    }
}

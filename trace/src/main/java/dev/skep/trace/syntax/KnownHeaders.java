package dev.skep.trace.syntax;

import java.util.Set;

/** Headers that need not be there: those of the kernel, whose types are known without, and those of C's library. */
final class KnownHeaders {
    /** The directories in {@code include} of Linux 6.12, and those that C's library has besides. */
    private static final Set<String> DIRECTORIES = Set.of("""
            acpi asm asm-generic bpf clocksource crypto cxl drm dt-bindings fs generated hyperv keys kernel kunit kvm linux \
            math-emu media memory misc mm net pcmcia ras rdma rv scsi soc sound target trace uapi ufs vdso video xen \
            arpa bits netinet netipx netpacket sys""".split(" "));

    private static final Set<String> OF_C = Set.of("""
            assert.h ctype.h dirent.h elf.h endian.h errno.h fcntl.h float.h grp.h inttypes.h limits.h link.h math.h netdb.h \
            poll.h pthread.h pwd.h sched.h signal.h stdarg.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h strings.h \
            syscall.h termios.h time.h unistd.h wchar.h vmlinux.h""".split(" "));

    private KnownHeaders() {}

    /** @param name as it is included, for example {@code linux/sched.h} */
    static boolean contains(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? OF_C.contains(name) : DIRECTORIES.contains(name.substring(0, slash));
    }
}

package dev.skep.linux.link;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ids of what programs are loaded for, in the running kernel's BTF. */
final class KernelTypes {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");
    private static final Btf TYPES = read();

    private KernelTypes() {}

    private static Btf read() {
        try {
            return Btf.open(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Btf all() {
        return TYPES;
    }

    /** For {@code tp_btf}: the typedef of the tracepoint's handler. */
    static int tracepoint(String name) {
        return TYPES.find("btf_trace_" + name, BtfType.Typedef.class).orElseThrow();
    }

    static int function(String name) {
        return TYPES.find(name, BtfType.Function.class).orElseThrow();
    }

    /** For {@code iter}. */
    static int iterator(String kind) {
        return function("bpf_iter_" + kind);
    }

    /** For {@code lsm}. */
    static int hook(String name) {
        return function("bpf_lsm_" + name);
    }
}

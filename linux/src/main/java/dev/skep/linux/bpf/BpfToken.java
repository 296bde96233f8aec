package dev.skep.linux.bpf;

import dev.skep.linux.system.FileDescriptor;
import java.nio.file.Path;

/**
 * A BPF token (6.9): the rights that a bpf file system, mounted with {@code delegate_cmds} and the like, hands to processes in a user
 * namespace. It goes with single calls that create maps, load types or load programs.
 */
public final class BpfToken implements AutoCloseable {
    private static final int BPF_F_TOKEN_FD = 1 << 16; // linux/bpf.h

    private final FileDescriptor descriptor;

    private BpfToken(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes one.
     *
     * @param bpffs where the file system is mounted
     * @throws dev.skep.object.host.HostException ENOENT if it delegates nothing, EOPNOTSUPP in the machine's first user namespace,
     *     EPERM without CAP_BPF in the file system's
     */
    public static BpfToken of(Path bpffs) {
        try (FileDescriptor folder = FileDescriptor.open(bpffs, FileDescriptor.O_RDONLY);
                BpfAttr attr = BpfAttr.take()) {
            attr.set(BpfAttrLayout.TokenCreate.BPFFS_FD, folder);
            return new BpfToken(attr.open(BpfCommand.TOKEN_CREATE, "get a BPF token from " + bpffs));
        }
    }

    /** Has {@code BPF_MAP_CREATE} go by it. To be called when the flags are set. */
    public void allowMap(BpfAttr attr) {
        allow(attr, BpfAttrLayout.MapCreate.MAP_FLAGS, BpfAttrLayout.MapCreate.MAP_TOKEN_FD);
    }

    /** Has {@code BPF_PROG_LOAD} go by it; see {@link #allowMap}. */
    public void allowProgram(BpfAttr attr) {
        allow(attr, BpfAttrLayout.ProgLoad.PROG_FLAGS, BpfAttrLayout.ProgLoad.PROG_TOKEN_FD);
    }

    /** Has {@code BPF_BTF_LOAD} go by it; see {@link #allowMap}. */
    public void allowTypes(BpfAttr attr) {
        allow(attr, BpfAttrLayout.BtfLoad.BTF_FLAGS, BpfAttrLayout.BtfLoad.BTF_TOKEN_FD);
    }

    private void allow(BpfAttr attr, Field flags, Field token) {
        attr.set(flags, attr.get(flags) | BPF_F_TOKEN_FD).set(token, descriptor);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

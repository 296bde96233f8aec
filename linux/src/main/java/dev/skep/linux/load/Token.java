package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.TokenCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import java.nio.file.Path;

/**
 * A BPF token (6.9): the rights that a bpf file system, mounted with {@code delegate_cmds} and the like, hands to processes in a user
 * namespace.
 */
final class Token implements AutoCloseable {
    /** {@code BPF_F_TOKEN_FD} of linux/bpf.h. */
    static final int BPF_F_TOKEN_FD = 1 << 16;

    private final FileDescriptor descriptor;

    private Token(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @param bpffs where the file system is mounted @throws HostException if it delegates nothing to us */
    static Token of(Path bpffs) {
        try (FileDescriptor folder = FileDescriptor.open(bpffs, FileDescriptor.O_RDONLY);
                BpfAttr attr = BpfAttr.take()) {
            attr.set(TokenCreate.BPFFS_FD, folder.number());
            return new Token(attr.open(BpfCommand.TOKEN_CREATE, "get a BPF token from " + bpffs));
        }
    }

    int number() {
        return descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

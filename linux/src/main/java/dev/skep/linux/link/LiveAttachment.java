package dev.skep.linux.link;

import dev.skep.object.host.HostException;
import java.nio.file.Path;

/**
 * What is attached in the kernel: a program at a place ({@link LinuxLink}), or a structure of functions that several programs
 * implement ({@link StructOpsLink}). Closing it detaches, unless it was pinned or {@linkplain #release() released}.
 */
public sealed interface LiveAttachment extends AutoCloseable permits LinuxLink, StructOpsLink {
    /** What is attached, by its name in the object: the program's, or the {@code struct_ops} variable's. */
    String name();

    /**
     * Keeps it attached under a path in a bpf file system.
     *
     * @throws HostException EOPNOTSUPP if this kind cannot be kept so
     */
    void pin(Path path);

    /** Lets go without detaching, where the kernel lets the attachment live on (pinned, or attached without a link). */
    void release();

    /** Detaches; does nothing the second time. */
    @Override
    void close();
}

package dev.skep.linux.info;

import dev.skep.linux.system.FileDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says about a link: {@code struct bpf_link_info}.
 *
 * @param typeNumber {@code enum bpf_link_type}; {@link #type()} is the word for it
 * @param programId the program it attaches; 0 for struct_ops, whose programs belong to a map
 * @param place what the program is attached to
 */
public record LinkInfo(int id, int typeNumber, int programId, LinkPlace place) {
    /** What the kernel says. @throws HostException if the descriptor is not a link's */
    public static LinkInfo of(FileDescriptor descriptor) {
        return new LinkInfoReader(descriptor).read();
    }

    /** Every link in the kernel. @throws HostException EPERM without CAP_SYS_ADMIN, EINVAL before Linux 5.8 */
    public static List<LinkInfo> all() {
        return ObjectKind.LINK.all(LinkInfo::of);
    }

    /** The kind of link; empty for one that is newer than this software. */
    public Optional<LinkType> type() {
        return LinkType.of(typeNumber);
    }
}

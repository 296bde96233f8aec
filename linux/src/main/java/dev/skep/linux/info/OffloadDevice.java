package dev.skep.linux.info;

import java.util.Optional;

/**
 * The network device that a program or map is bound to.
 *
 * @param interfaceIndex its number in its network namespace
 * @param namespaceDevice device of the namespace's file @param namespaceInode inode of the namespace's file
 */
public record OffloadDevice(int interfaceIndex, long namespaceDevice, long namespaceInode) {
    /** Empty if the index is 0. */
    static Optional<OffloadDevice> of(int interfaceIndex, long namespaceDevice, long namespaceInode) {
        return interfaceIndex == 0
                ? Optional.empty()
                : Optional.of(new OffloadDevice(interfaceIndex, namespaceDevice, namespaceInode));
    }
}

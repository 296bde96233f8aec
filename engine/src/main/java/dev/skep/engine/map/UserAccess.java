package dev.skep.engine.map;

/** What the user's side may do with a map: the modes of its file descriptor, and whether it was frozen. */
final class UserAccess {
    private final int flags;
    private boolean frozen;

    /** @param flags the map's creation flags */
    UserAccess(int flags) {
        this.flags = flags;
    }

    boolean mayRead() {
        return (flags & MapFlags.WRONLY) == 0;
    }

    boolean mayWrite() {
        return (flags & MapFlags.RDONLY) == 0 && !frozen;
    }

    boolean frozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
    }

    /** Why {@link #mayWrite} is false. */
    String whyNotWrite() {
        return frozen ? "the map is frozen" : "it was created with BPF_F_RDONLY";
    }
}

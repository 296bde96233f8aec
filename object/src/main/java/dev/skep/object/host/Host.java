package dev.skep.object.host;

import dev.skep.object.BpfObject;
import dev.skep.object.attach.AttachPoint;

/** Something that runs BPF: the embedded engine or the Linux kernel. Applications see hosts only through this interface. */
public interface Host extends AutoCloseable {
    /** A word for messages: {@code engine}, {@code kernel}. */
    String name();

    /**
     * Creates the object's maps and loads its programs (those with autoload).
     *
     * @throws dev.skep.object.InputException if the object cannot be loaded on any machine like this one
     * @throws HostException if the system refuses
     */
    LoadedObject load(BpfObject object);

    /**
     * Attaches a loaded program of this host.
     *
     * @throws HostException EOPNOTSUPP if this host has no such place, else whatever the system refuses with
     */
    default Link attach(Program program, AttachPoint point) {
        throw new HostException(
                Errno.EOPNOTSUPP,
                "the " + name() + " cannot attach " + program.spec().name() + " to " + point.describe());
    }

    @Override
    void close();
}

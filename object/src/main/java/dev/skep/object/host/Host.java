package dev.skep.object.host;

import dev.skep.object.BpfObject;

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

    @Override
    void close();
}

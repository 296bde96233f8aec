package dev.skep.linux.load;

import dev.skep.linux.system.FileDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Descriptors of others that stay open until this is closed, as their numbers are used. For one thread. */
final class Leases implements AutoCloseable {
    private final List<FileDescriptor> held = new ArrayList<>();

    /** Keeps one open. @throws IllegalStateException if it is closed already */
    void hold(FileDescriptor descriptor) {
        descriptor.hold();
        held.add(descriptor);
    }

    @Override
    public void close() {
        held.forEach(FileDescriptor::release);
    }
}

package dev.skep.cli.load;

import dev.skep.linux.link.LinuxLink;
import java.util.ArrayList;
import java.util.List;

/** Links that are detached when this is closed, unless they are released. */
final class HeldLinks implements AutoCloseable {
    private final List<LinuxLink> links = new ArrayList<>();

    void add(List<LinuxLink> more) {
        links.addAll(more);
    }

    List<LinuxLink> all() {
        return List.copyOf(links);
    }

    /** Lets go of the links without detaching: pins hold them. */
    void release() {
        links.forEach(LinuxLink::release);
        links.clear();
    }

    @Override
    public void close() {
        links.reversed().forEach(LinuxLink::close);
        links.clear();
    }
}

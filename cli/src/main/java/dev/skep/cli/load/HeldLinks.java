package dev.skep.cli.load;

import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.system.Closing;
import java.util.ArrayList;
import java.util.List;

/** Links that are detached when this is closed, unless they are released. */
final class HeldLinks implements AutoCloseable {
    private final List<LiveAttachment> links = new ArrayList<>();

    void add(List<LiveAttachment> more) {
        links.addAll(more);
    }

    List<LiveAttachment> all() {
        return List.copyOf(links);
    }

    /** Lets go of the links without detaching: pins hold them. */
    void release() {
        links.forEach(LiveAttachment::release);
        links.clear();
    }

    @Override
    public void close() {
        List<LiveAttachment> held = all();
        links.clear();
        Closing.all(held);
    }
}

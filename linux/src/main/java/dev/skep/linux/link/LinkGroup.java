package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.Closing;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Several attachments that stand for one place: an event on each CPU, a USDT probe compiled in at several addresses.
 */
public final class LinkGroup extends LinuxLink {
    private final List<LinuxLink> parts;

    private LinkGroup(LinuxProgram program, AttachPoint point, List<LinuxLink> parts) {
        super(program, point);
        this.parts = List.copyOf(parts);
    }

    /** Attaches to each place, or to none if one is refused; the one link itself if there is one place. */
    static <T> LinuxLink attach(
            LinuxProgram program, AttachPoint point, List<T> places, Function<T, LinuxLink> attach) {
        List<LinuxLink> links = new ArrayList<>();
        try {
            for (T place : places) {
                links.add(attach.apply(place));
            }
        } catch (RuntimeException e) {
            Closing.after(e, links);
            throw e;
        }
        return links.size() == 1 ? links.getFirst() : new LinkGroup(program, point, links);
    }

    /** The attachments, at least two. They belong to this object. */
    public List<LinuxLink> parts() {
        return parts;
    }

    @Override
    public void update(LinuxProgram replacement) {
        parts.forEach(part -> part.update(replacement));
        updated(replacement);
    }

    @Override
    public void pin(Path path) {
        throw new HostException(
                Errno.EOPNOTSUPP,
                target() + " is attached by " + parts.size()
                        + " links, so it cannot be pinned at one path; pin its parts");
    }

    @Override
    public void release() {
        Closing.all(parts.stream().<AutoCloseable>map(part -> part::release).toList());
    }

    @Override
    public void close() {
        Closing.all(parts);
    }
}

package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
            for (LinuxLink link : links.reversed()) {
                try {
                    link.close();
                } catch (RuntimeException closing) {
                    e.addSuppressed(closing);
                }
            }
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
        forEach(LinuxLink::release);
    }

    @Override
    public void close() {
        forEach(LinuxLink::close);
    }

    /** Does it to all, also if it fails for some; the first failure is thrown. */
    private void forEach(Consumer<LinuxLink> action) {
        Optional<RuntimeException> failure = Optional.empty();
        for (LinuxLink part : parts) {
            try {
                action.accept(part);
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }
}

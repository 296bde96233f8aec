package dev.skep.linux.link;

import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkPlace;
import dev.skep.object.attach.Neighbour;
import dev.skep.object.attach.Ordering;
import dev.skep.object.attach.Ordering.Position;
import dev.skep.object.program.AttachType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names neighbours in a control group as the kernel wants them: there a link goes beside a link, and a program attached
 * without one beside another such.
 */
final class CgroupNeighbour {
    private CgroupNeighbour() {}

    /** The same ordering with a program that is attached to the group by a link named by that link. */
    static Ordering byLink(Ordering ordering, Path group, AttachType type) {
        Position position = switch (ordering.position()) {
            case Position.Before(Neighbour.Program(int id)) ->
                link(id, group, type).<Position>map(Position.Before::new).orElse(ordering.position());
            case Position.After(Neighbour.Program(int id)) ->
                link(id, group, type).<Position>map(Position.After::new).orElse(ordering.position());
            case Position other -> other;
        };
        return new Ordering(position, ordering.revision());
    }

    /** Whether the neighbour is a program attached without a link. */
    static boolean isWithoutLink(Ordering ordering) {
        return switch (ordering.position()) {
            case Position.Before(Neighbour.Program _), Position.After(Neighbour.Program _), Position.Replace _ -> true;
            default -> false;
        };
    }

    private static Optional<Neighbour> link(int program, Path group, AttachType type) {
        LinkPlace place = new LinkPlace.Cgroup(Optional.of(type), id(group));
        return LinkInfo.all().stream()
                .filter(link -> link.programId() == program && link.place().equals(place))
                .findFirst()
                .map(link -> new Neighbour.Link(link.id()));
    }

    /** A group's id is its directory's inode number. */
    private static long id(Path group) {
        try {
            return (long) Files.getAttribute(group, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the id of " + group, e);
        }
    }
}

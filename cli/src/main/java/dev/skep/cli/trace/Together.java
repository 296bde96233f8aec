package dev.skep.cli.trace;

import dev.skep.linux.system.Closing;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Attaches a program to many places by one link. The kernel takes all of them or none, and does not say which it cannot take; so those
 * that it refuses are halved until it is known.
 */
final class Together<P> implements AutoCloseable {
    /** What the kernel answers if it cannot take a place, and not if it will not take the program. */
    private static final Set<Errno> OF_A_PLACE = Set.of(
            Errno.ENOTSUPP,
            Errno.EOPNOTSUPP,
            Errno.EINVAL,
            Errno.ENOEXEC,
            Errno.ENOENT,
            Errno.ESRCH,
            Errno.EADDRNOTAVAIL);

    private final Function<List<P>, AutoCloseable> attaching;
    private final List<AutoCloseable> links = new ArrayList<>();
    private final List<P> refused = new ArrayList<>();
    private Optional<HostException> reason = Optional.empty();

    private Together(Function<List<P>, AutoCloseable> attaching) {
        this.attaching = attaching;
    }

    /** @throws HostException if the kernel takes none */
    static <P> Together<P> attach(List<P> places, Function<List<P>, AutoCloseable> attaching) {
        Together<P> together = new Together<>(attaching);
        try {
            together.attach(places);
            if (together.links.isEmpty() && together.reason.isPresent()) {
                throw together.reason.get();
            }
            return together;
        } catch (RuntimeException e) {
            Closing.after(e, together.links);
            throw e;
        }
    }

    private void attach(List<P> places) {
        try {
            links.add(attaching.apply(places));
        } catch (HostException e) {
            if (!OF_A_PLACE.contains(e.errno())) {
                throw e;
            }
            if (places.size() > 1) {
                attach(places.subList(0, places.size() / 2));
                attach(places.subList(places.size() / 2, places.size()));
            } else {
                refused.addAll(places);
                reason = Optional.of(e);
            }
        }
    }

    /** The places that the kernel cannot take. */
    List<P> refused() {
        return refused;
    }

    @Override
    public void close() {
        Closing.all(links);
    }
}

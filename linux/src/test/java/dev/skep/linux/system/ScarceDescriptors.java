package dev.skep.linux.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries something while this process has few descriptors left. */
public final class ScarceDescriptors {
    /** Nothing that is tried here takes so many. */
    public static final int ENOUGH = 200;

    private ScarceDescriptors() {}

    /**
     * Attempts with no descriptor left, with one, and so on: each fails with EMFILE and leaves none open, until there are enough.
     *
     * @param some an open descriptor, to take up the others with
     * @param attempt opens and closes what it is about
     * @return with how many it first succeeded
     */
    public static int until(FileDescriptor some, Runnable attempt) {
        attempt.run(); // loads the classes, for which there will be no descriptor
        int free = 0;
        while (free < ENOUGH) {
            Optional<Errno> failure = tryWith(some, free, attempt);
            if (failure.isEmpty()) {
                return free;
            }
            assertThat(failure).as("with %d descriptors", free).contains(Errno.EMFILE);
            free++;
        }
        throw new AssertionError("it still fails with " + ENOUGH + " descriptors");
    }

    /** @param free how many descriptors are left @return what it failed with */
    public static Optional<Errno> tryWith(FileDescriptor some, int free, Runnable attempt) {
        List<FileDescriptor> hoard = new ArrayList<>();
        try {
            int all = takeAll(some, hoard);
            for (int i = 0; i < free; i++) {
                hoard.removeLast().close();
            }
            Optional<Errno> failure = Optional.empty();
            try {
                attempt.run();
            } catch (HostException e) {
                failure = Optional.of(e.errno());
            }
            assertThat(takeAll(some, hoard))
                    .as("descriptors after an attempt with %d", free)
                    .isEqualTo(all);
            return failure;
        } finally {
            hoard.forEach(FileDescriptor::close);
        }
    }

    /** @return how many are taken then */
    private static int takeAll(FileDescriptor some, List<FileDescriptor> hoard) {
        while (true) {
            try {
                hoard.add(some.duplicate());
            } catch (HostException e) {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
                return hoard.size();
            }
        }
    }
}

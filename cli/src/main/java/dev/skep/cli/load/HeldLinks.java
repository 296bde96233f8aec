package dev.skep.cli.load;

import dev.skep.linux.link.LinuxLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Links that are detached when this is closed, and also when the process is told to end. */
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

    /**
     * Waits until the time is over or the process is told to end. Most links would end with the process anyway; those attached by
     * netlink would not.
     */
    void hold(Optional<Double> seconds) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(this::close, "detach");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (seconds.isPresent()) {
                boolean _ = ended.await(Math.round(seconds.get() * 1000), TimeUnit.MILLISECONDS);
            } else {
                ended.await();
            }
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        links.reversed().forEach(LinuxLink::close);
        links.clear();
    }
}

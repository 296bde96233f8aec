package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.usdt.UsdtArgument;
import dev.skep.linux.usdt.UsdtSpecMap;
import dev.skep.object.Location;
import dev.skep.object.attach.AttachPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A program at a USDT probe, and the entries of its map that tell it where the arguments are. */
public final class UsdtLink extends LinuxLink {
    private final LinuxLink link;
    private final Entries entries;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile boolean outlives;

    UsdtLink(LinuxProgram program, AttachPoint point, LinuxLink link, Entries entries) {
        super(program, point);
        this.link = link;
        this.entries = entries;
    }

    /** What was put into the program's maps. */
    static final class Entries implements AutoCloseable {
        private final UsdtSpecMap specs;
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Long> addresses = new ArrayList<>();

        /** @param specs owned from here on */
        Entries(UsdtSpecMap specs) {
            this.specs = specs;
        }

        int add(List<UsdtArgument> arguments, long cookie, Location where) {
            int number = specs.add(arguments, cookie, where);
            numbers.add(number);
            return number;
        }

        void addAddress(long address, int number) {
            specs.addAddress(address, number);
            addresses.add(address);
        }

        /** Takes all of it out again after a failure, which is what is to be told. */
        void giveUp(RuntimeException failure) {
            try (this) {
                remove();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }

        /** Takes all of it out again. */
        void remove() {
            addresses.forEach(specs::removeAddress);
            numbers.forEach(specs::remove);
        }

        @Override
        public void close() {
            specs.close();
        }
    }

    @Override
    public void update(LinuxProgram replacement) {
        throw cannotReplace(replacement);
    }

    /** Keeps the attachment, and for good the entries of the map that it needs. */
    @Override
    public void pin(Path path) {
        link.pin(path);
        outlives = true;
    }

    /** The attachment itself: a {@link BpfLink}, or a {@link LinkGroup} of one for each place where the probe is. */
    public LinuxLink attachment() {
        return link;
    }

    @Override
    public void release() {
        if (open.getAndSet(false)) {
            // The program finds no arguments in entries that are gone, so it is detached first; a failure leaves
            // nothing open.
            try (entries) {
                link.release();
                if (!outlives) {
                    entries.remove();
                }
            }
        }
    }

    @Override
    public void close() {
        release();
    }
}

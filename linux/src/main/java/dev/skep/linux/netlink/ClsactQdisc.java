package dev.skep.linux.netlink;

import static dev.skep.linux.netlink.TrafficControlMessage.CLSACT_HANDLE;
import static dev.skep.linux.netlink.TrafficControlMessage.RTM_DELQDISC;
import static dev.skep.linux.netlink.TrafficControlMessage.RTM_GETQDISC;
import static dev.skep.linux.netlink.TrafficControlMessage.RTM_NEWQDISC;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_KIND;
import static dev.skep.linux.netlink.TrafficControlMessage.TCM_IFINDEX;
import static dev.skep.linux.netlink.TrafficControlMessage.TCM_PARENT;
import static dev.skep.linux.netlink.TrafficControlMessage.TC_H_CLSACT;

import dev.skep.object.attach.Direction;
import dev.skep.object.host.Errno;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The qdisc of kind {@code clsact} that holds an interface's filters for both directions. This process makes it where
 * it is missing, and removes it again with the last filter if it was made here.
 *
 * <p>Adding and removing filters goes through here so that threads of this process do not take the qdisc from under
 * each other's filters. Against another process that adds its first filter in the instant between our look and our
 * removal, netlink offers nothing.
 */
public final class ClsactQdisc {
    private static final int NLM_F_CREATE = 0x400;
    private static final int NLM_F_EXCL = 0x200;

    /** Those made by this process; also the lock for making and removing. */
    private static final Set<Place> OWN = new HashSet<>();

    private final NetlinkSocket socket;
    private final NetworkInterface networkInterface;

    /** @param socket of the namespace in which the interface was found; stays the caller's */
    public ClsactQdisc(NetlinkSocket socket, NetworkInterface networkInterface) {
        this.socket = socket;
        this.networkInterface = networkInterface;
    }

    private record Place(String namespace, int interfaceIndex) {}

    /** Adds a filter, having made the qdisc if there is none. @param adding what adds the filter @return its result */
    public <T> T whileAdding(Supplier<T> adding) {
        synchronized (OWN) {
            if (create()) {
                OWN.add(place());
            } else if (isEmpty()) {
                OWN.remove(
                        place()); // ours goes with its last filter, so this is another's, perhaps of an interface that
                // came back
            }
            try {
                return adding.get();
            } catch (RuntimeException e) {
                removeIfUnused();
                throw e;
            }
        }
    }

    /**
     * Removes a filter, and the qdisc if it was made here and holds nothing more.
     *
     * @param removing what removes the filter
     */
    public void whileRemoving(Runnable removing) {
        synchronized (OWN) {
            removing.run();
            removeIfUnused();
        }
    }

    /** Leaves the qdisc to others: as a filter put in it is gone, it may not be the one that was made here. */
    public void forget() {
        synchronized (OWN) {
            OWN.remove(place());
        }
    }

    private void removeIfUnused() {
        if (OWN.contains(place()) && isEmpty()) {
            OWN.remove(place());
            delete();
        }
    }

    private boolean isEmpty() {
        for (Direction direction : Direction.values()) {
            if (!new TrafficControl(socket, networkInterface, direction).list().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Place place() {
        return new Place(socket.namespace(), networkInterface.index());
    }

    /**
     * {@code clsact}, or {@code ingress}, the older kind for one direction in the same place; empty if there is none.
     */
    public Optional<String> kind() {
        NetlinkRequest request = TrafficControlMessage.request(RTM_GETQDISC, 0, networkInterface.index(), 0, 0, 0);
        return socket.dump(request, "list the qdiscs of " + networkInterface.name()).stream()
                .filter(message -> message.u32(TCM_IFINDEX) == networkInterface.index())
                .filter(message -> message.u32(TCM_PARENT) == TC_H_CLSACT)
                .findFirst()
                .flatMap(message ->
                        message.attributes(TrafficControlMessage.SIZE).text(TCA_KIND));
    }

    /** @return false if there is one already, of either kind */
    private boolean create() {
        int flags = NLM_F_CREATE | NLM_F_EXCL;
        NetlinkRequest request = TrafficControlMessage.request(
                        RTM_NEWQDISC, flags, networkInterface.index(), CLSACT_HANDLE, TC_H_CLSACT, 0)
                .attribute(TCA_KIND, "clsact");
        try {
            socket.request(request, "give " + networkInterface.name() + " a clsact qdisc");
            return true;
        } catch (NetlinkException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
    }

    private void delete() {
        NetlinkRequest request =
                TrafficControlMessage.request(RTM_DELQDISC, 0, networkInterface.index(), CLSACT_HANDLE, TC_H_CLSACT, 0);
        try {
            socket.request(request, "remove the clsact qdisc of " + networkInterface.name());
        } catch (NetlinkException e) {
            switch (e.errno()) {
                case ENODEV, ENOENT, EINVAL -> {} // it has gone by itself
                default -> throw e;
            }
        }
    }
}

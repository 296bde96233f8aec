package dev.skep.linux.netlink;

import static dev.skep.linux.netlink.TrafficControlMessage.RTM_DELTFILTER;
import static dev.skep.linux.netlink.TrafficControlMessage.RTM_GETTFILTER;
import static dev.skep.linux.netlink.TrafficControlMessage.RTM_NEWTFILTER;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_BPF_FD;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_BPF_FLAGS;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_BPF_FLAG_ACT_DIRECT;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_BPF_ID;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_BPF_NAME;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_KIND;
import static dev.skep.linux.netlink.TrafficControlMessage.TCA_OPTIONS;
import static dev.skep.linux.netlink.TrafficControlMessage.TCM_HANDLE;
import static dev.skep.linux.netlink.TrafficControlMessage.TCM_IFINDEX;
import static dev.skep.linux.netlink.TrafficControlMessage.TCM_INFO;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.Direction;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.List;
import java.util.OptionalInt;

/** The filters of one interface in one direction, at its clsact qdisc. Touches no filter but the one named. */
public final class TrafficControl {
    private static final int NLM_F_REPLACE = 0x100;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;
    private static final int NLM_F_ECHO = 0x08;
    private static final int ETH_P_ALL = 3; // linux/if_ether.h

    private final NetlinkSocket socket;
    private final NetworkInterface networkInterface;
    private final Direction direction;

    /** @param socket of the namespace in which the interface was found; stays the caller's */
    public TrafficControl(NetlinkSocket socket, NetworkInterface networkInterface, Direction direction) {
        this.socket = socket;
        this.networkInterface = networkInterface;
        this.direction = direction;
    }

    /** The filters there are, in the order in which they run. Empty also without a qdisc. */
    public List<Filter> list() {
        NetlinkRequest request = request(RTM_GETTFILTER, 0, 0, 0);
        try {
            return socket.dump(request, "list the filters of " + where()).stream()
                    .filter(message -> message.u32(TCM_IFINDEX) == networkInterface.index())
                    // The kernel lists a filter's priority once more without any filter: handle 0.
                    .filter(message -> message.u32(TCM_HANDLE) != 0)
                    .map(TrafficControl::read)
                    .toList();
        } catch (NetlinkException e) {
            if (e.errno() == Errno.EINVAL || e.errno() == Errno.ENOENT) { // no qdisc at that parent
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Adds a filter for packets of every protocol.
     *
     * @param priority 1 to 65535; 0: the kernel chooses one before all others
     * @param handle its number within the priority; 0: the kernel chooses
     * @param name for listings
     * @return the filter as it is now
     * @throws NetlinkException EEXIST if the handle is taken
     */
    public Filter add(int priority, int handle, FileDescriptor program, String name, boolean directAction) {
        NetlinkRequest request = request(RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ECHO, priority, handle);
        return send(request, program, name, directAction, "add a filter to " + where()).stream()
                .filter(message -> message.type() == RTM_NEWTFILTER)
                .map(TrafficControl::read)
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Errno.EBADMSG,
                        "the kernel added a filter to " + where() + " without saying which handle it has"));
    }

    /** Has a filter run another program. @throws NetlinkException ENOENT if it is gone */
    public void replace(Filter filter, FileDescriptor program, String name, boolean directAction) {
        NetlinkRequest request = request(RTM_NEWTFILTER, NLM_F_REPLACE, filter.priority(), filter.handle());
        send(request, program, name, directAction, "replace filter " + filter.handle() + " of " + where());
    }

    /** Removes a filter. @throws NetlinkException ENOENT, EINVAL or ENODEV if it is gone */
    public void delete(Filter filter) {
        NetlinkRequest request =
                request(RTM_DELTFILTER, 0, filter.priority(), filter.handle()).attribute(TCA_KIND, "bpf");
        socket.request(request, "delete filter " + filter.handle() + " of " + where());
    }

    private List<NetlinkMessage> send(
            NetlinkRequest request, FileDescriptor program, String name, boolean directAction, String attempted) {
        return program.with(number -> {
            request.attribute(TCA_KIND, "bpf")
                    .nested(
                            TCA_OPTIONS,
                            options -> options.attribute(TCA_BPF_FD, number)
                                    .attribute(TCA_BPF_NAME, name)
                                    .attribute(TCA_BPF_FLAGS, directAction ? TCA_BPF_FLAG_ACT_DIRECT : 0));
            return socket.request(request, attempted);
        });
    }

    private NetlinkRequest request(int type, int flags, int priority, int handle) {
        int parent = direction == Direction.INGRESS
                ? TrafficControlMessage.CLSACT_INGRESS
                : TrafficControlMessage.CLSACT_EGRESS;
        int protocol = type == RTM_GETTFILTER ? 0 : bigEndian16(ETH_P_ALL);
        int info = priority << 16 | protocol;
        return TrafficControlMessage.request(type, flags, networkInterface.index(), handle, parent, info);
    }

    private static Filter read(NetlinkMessage message) {
        Attributes attributes = message.attributes(TrafficControlMessage.SIZE);
        int info = message.u32(TCM_INFO);
        String kind = attributes.text(TCA_KIND).orElse("");
        OptionalInt program =
                kind.equals("bpf") ? attributes.nested(TCA_OPTIONS).number(TCA_BPF_ID) : OptionalInt.empty();
        return new Filter(kind, info >>> 16, bigEndian16(info & 0xffff), message.u32(TCM_HANDLE), program);
    }

    /** {@code htons} and {@code ntohs} of a little-endian machine, the only kind BPF objects of ours run on. */
    private static int bigEndian16(int value) {
        return Short.toUnsignedInt(Short.reverseBytes((short) value));
    }

    private String where() {
        return networkInterface.name() + " " + direction;
    }
}

package dev.skep.cli.attached;

import dev.skep.linux.link.AttachedPrograms;
import dev.skep.linux.netlink.Filter;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.TrafficControl;
import dev.skep.object.attach.Direction;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program at a hook of a network interface.
 *
 * @param hook {@code xdp}, {@code tcx_ingress}, {@code tc_egress} ... @param mode of XDP where it runs, else "" @param link 0 for none
 */
record InterfaceHook(NetworkInterface at, String hook, String mode, int program, int link) {
    /** All of this network namespace, in the order of interfaces and of the way of a packet in. */
    static List<InterfaceHook> all() {
        List<InterfaceHook> hooks = new ArrayList<>();
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            for (NetworkInterface each : new Interfaces(socket).list()) {
                each.xdp()
                        .forEach((place, program) -> hooks.add(
                                new InterfaceHook(each, "xdp", place.name().toLowerCase(Locale.ROOT), program, 0)));
                for (Direction direction : Direction.values()) {
                    addTcx(hooks, each, direction);
                    addFilters(hooks, new TrafficControl(socket, each, direction).list(), each, direction);
                }
            }
        }
        return hooks;
    }

    private static void addTcx(List<InterfaceHook> hooks, NetworkInterface each, Direction direction) {
        AttachedPrograms row;
        try {
            row = AttachedPrograms.atInterface(each.name(), direction);
        } catch (HostException e) {
            if (e.errno() == Errno.EINVAL || e.errno() == Errno.ENODEV) { // before Linux 6.6, or it is gone
                return;
            }
            throw e;
        }
        for (int i = 0; i < row.programs().size(); i++) {
            int link = i < row.links().size() ? row.links().get(i) : 0;
            hooks.add(new InterfaceHook(
                    each, "tcx_" + direction, "", row.programs().get(i), link));
        }
    }

    private static void addFilters(
            List<InterfaceHook> hooks, List<Filter> filters, NetworkInterface each, Direction direction) {
        for (Filter filter : filters) {
            filter.program().ifPresent(id -> hooks.add(new InterfaceHook(each, "tc_" + direction, "", id, 0)));
        }
    }
}

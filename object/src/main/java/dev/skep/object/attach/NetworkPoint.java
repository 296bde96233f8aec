package dev.skep.object.attach;

import dev.skep.object.host.BpfMap;
import dev.skep.object.program.AttachType;
import java.util.Locale;
import java.util.Optional;

/**
 * Places on the way of packets and sockets: interfaces, control groups, network namespaces, sockets and their maps.
 * Which of a place's hooks is meant, the program's type and expected attach type say.
 *
 * <p>Interfaces go by name in the network namespace of the thread that attaches.
 */
public sealed interface NetworkPoint extends AttachPoint {
    /**
     * An interface's earliest hook, for programs of type XDP.
     *
     * @param networkInterface its name, for example {@code eth0}
     */
    record Xdp(String networkInterface, Mode mode) implements NetworkPoint {
        /** Where the program runs: {@code XDP_FLAGS_*_MODE} of linux/if_link.h. */
        public enum Mode {
            /** In the driver if it can, else in the generic path. */
            ANY,
            GENERIC,
            NATIVE,
            OFFLOAD
        }

        @Override
        public String describe() {
            return "XDP on " + networkInterface;
        }
    }

    /**
     * An interface's traffic control hook, for programs of type SCHED_CLS: several run one after the other, each
     * deciding with {@code TCX_NEXT} that the next shall.
     */
    record Tcx(String networkInterface, Direction direction, Ordering ordering) implements NetworkPoint {
        @Override
        public String describe() {
            return "TCX " + direction + " of " + networkInterface;
        }
    }

    /**
     * A classifier at an interface's {@code clsact} qdisc, where {@code tc filter} puts them, for programs of type
     * SCHED_CLS.
     *
     * @param priority lower runs first, up to 65535; 0: after those there are
     * @param handle the filter's number within its priority; 0: the kernel chooses
     * @param directAction whether the program's result is the packet's fate ({@code TC_ACT_*}), as nearly always; if
     *     not it is a class
     */
    record Tc(String networkInterface, Direction direction, int priority, int handle, boolean directAction)
            implements NetworkPoint {
        /** With direct action, after the filters there are. */
        public static Tc last(String networkInterface, Direction direction) {
            return new Tc(networkInterface, direction, 0, 0, true);
        }

        @Override
        public String describe() {
            return "TC " + direction + " of " + networkInterface;
        }
    }

    /**
     * One end of a netkit pair, for programs of type SCHED_CLS.
     *
     * @param networkInterface the primary device's name: programs of both ends are attached through it
     */
    record Netkit(String networkInterface, End end, Ordering ordering) implements NetworkPoint {
        /** Which device's outgoing packets the program sees. */
        public enum End {
            PRIMARY,
            PEER
        }

        @Override
        public String describe() {
            return "netkit " + end.name().toLowerCase(Locale.ROOT) + " of " + networkInterface;
        }
    }

    /**
     * A control group (version 2), for programs of the types CGROUP_* and SOCK_OPS and for LSM programs loaded for
     * groups. It holds for processes in the group and below.
     *
     * @param path its directory, for example {@code /sys/fs/cgroup/app.slice}
     * @param hook only for a program that does not say itself: {@code cgroup/skb} is for ingress and egress
     * @param ordering among the group's own programs; other than last needs Linux 6.17 and {@link CgroupSharing#MULTI}
     */
    record Cgroup(String path, Optional<AttachType> hook, CgroupSharing sharing, Ordering ordering)
            implements NetworkPoint {
        /** Beside what else is there, at the hook the program says. */
        public static Cgroup at(String path) {
            return new Cgroup(path, Optional.empty(), CgroupSharing.MULTI, Ordering.LAST);
        }

        /** The same place, for a program that does not say its hook. */
        public Cgroup hook(AttachType type) {
            return new Cgroup(path, Optional.of(type), sharing, ordering);
        }

        /** The same place, shared otherwise. */
        public Cgroup sharing(CgroupSharing other) {
            return new Cgroup(path, hook, other, ordering);
        }

        /** The same place, elsewhere in the row. */
        public Cgroup ordering(Ordering other) {
            return new Cgroup(path, hook, sharing, other);
        }

        @Override
        public String describe() {
            return "cgroup " + path;
        }
    }

    /**
     * A network namespace, for programs of the types SK_LOOKUP and FLOW_DISSECTOR.
     *
     * @param path for example {@code /run/netns/blue}; empty: that of the thread that attaches
     */
    record NetworkNamespace(Optional<String> path) implements NetworkPoint {
        /** That of the thread that attaches. */
        public static final NetworkNamespace OWN = new NetworkNamespace(Optional.empty());

        @Override
        public String describe() {
            return path.map(file -> "network namespace " + file).orElse("this network namespace");
        }
    }

    /**
     * The sockets in a map of type SOCKMAP or SOCKHASH, for programs of the types SK_SKB and SK_MSG.
     *
     * @param map a live map of the same host: the one point that is more than plain data, since nothing else names a
     *     map
     * @param hook only for a program that does not say itself: section {@code sk_skb} is for parser and verdict
     */
    record SocketMap(BpfMap map, Optional<AttachType> hook) implements NetworkPoint {
        /** For a program that says which hook it is for. */
        public static SocketMap of(BpfMap map) {
            return new SocketMap(map, Optional.empty());
        }

        @Override
        public String describe() {
            return "sockets of map " + map.spec().name();
        }
    }

    /**
     * A socket of this process: for a program of type SOCKET_FILTER what it receives, for one of type SK_REUSEPORT the
     * group of sockets bound to the same port to which it belongs.
     *
     * @param descriptor its number, at least 0; a host can find that of a socket of the JVM
     */
    record Socket(int descriptor) implements NetworkPoint {
        @Override
        public String describe() {
            return "socket " + descriptor;
        }
    }

    /**
     * A hook of netfilter in the network namespace of the thread that attaches, for programs of type NETFILTER.
     *
     * @param priority lower runs first: -300 mangle ... 0 filter ... ; neither the lowest nor the highest {@code int}
     * @param defragment whether the program wants to see whole packets ({@code BPF_F_NETFILTER_IP_DEFRAG}, Linux 6.6)
     */
    record Netfilter(Family family, Hook hook, int priority, boolean defragment) implements NetworkPoint {
        /** Whose packets: {@code NFPROTO_*} of linux/netfilter.h. */
        public enum Family {
            IPV4,
            IPV6
        }

        /** When: {@code enum nf_inet_hooks} of linux/netfilter.h, in its order. */
        public enum Hook {
            PRE_ROUTING,
            LOCAL_IN,
            FORWARD,
            LOCAL_OUT,
            POST_ROUTING
        }

        @Override
        public String describe() {
            return "netfilter " + family.name().toLowerCase(Locale.ROOT) + " "
                    + hook.name().toLowerCase(Locale.ROOT) + " at priority " + priority;
        }
    }

    /**
     * A route made for the program, for those of the types LWT_IN, LWT_OUT, LWT_XMIT and LWT_SEG6LOCAL: it runs for
     * packets that take the route.
     *
     * @param destination for example {@code 10.1.0.0/16} or {@code fd00::/8}; there may be no such route yet
     * @param networkInterface where the packets go
     * @param gateway the next hop's address; empty if the destination is reached directly
     * @param headroom bytes a LWT_XMIT program may put in front of a packet, up to 256
     */
    record TunnelRoute(String destination, String networkInterface, Optional<String> gateway, int headroom)
            implements NetworkPoint {
        @Override
        public String describe() {
            return "route " + destination + " through " + networkInterface;
        }
    }
}

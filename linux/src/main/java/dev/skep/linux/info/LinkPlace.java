package dev.skep.linux.info;

import dev.skep.object.program.AttachType;
import java.util.List;
import java.util.Optional;

/**
 * What a link attaches its program to: one record for each of the alternatives in {@code struct bpf_link_info}. Attach types are
 * empty if newer than this software; what a kernel is too old to tell is 0.
 */
public sealed interface LinkPlace {
    /** A raw tracepoint. @param name as in {@code raw_tp/NAME} */
    record RawTracepoint(String name, long cookie) implements LinkPlace {}

    /**
     * A place in code found by BTF: fentry, fexit, fmod_ret, LSM, tp_btf, freplace.
     *
     * @param targetId id of the BTF, or for freplace of the program, that the function is in @param function its BTF id there
     */
    record Tracing(Optional<AttachType> attachType, int targetId, int function, long cookie) implements LinkPlace {}

    /** A control group. @param cgroupId the inode of its directory */
    record Cgroup(Optional<AttachType> attachType, long cgroupId) implements LinkPlace {}

    /** An iterator. @param target {@code task}, {@code bpf_map_elem}, {@code cgroup} ... @param scope what it is confined to */
    record Iterator(String target, IteratorScope scope) implements LinkPlace {}

    /** A network namespace. @param inode of its file, such as {@code /proc/self/ns/net} */
    record NetworkNamespace(Optional<AttachType> attachType, int inode) implements LinkPlace {}

    /** A network device's XDP hook. @param interfaceIndex 0 if the device is gone */
    record Xdp(int interfaceIndex) implements LinkPlace {}

    /** A set of kernel functions that programs stand in for. @param mapId of the map that says which */
    record StructOps(int mapId) implements LinkPlace {}

    /** A netfilter hook. @param family {@code NFPROTO_*} @param hook {@code NF_INET_*} @param flags {@code BPF_F_NETFILTER_IP_DEFRAG} */
    record Netfilter(int family, int hook, int priority, int flags) implements LinkPlace {}

    /**
     * Many kernel functions at once.
     *
     * @param flags {@code BPF_F_KPROBE_MULTI_RETURN} @param missed calls that were not seen
     * @param addresses of the functions, ascending; all 0 for who may not see kernel addresses
     * @param cookies one for each address, or none
     */
    record KprobeMulti(int flags, long missed, List<Long> addresses, List<Long> cookies) implements LinkPlace {
        public KprobeMulti {
            addresses = List.copyOf(addresses);
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * Many places of a program file at once.
     *
     * @param flags {@code BPF_F_UPROBE_MULTI_RETURN} @param pid the process it is confined to, 0 for all
     * @param offsets in the file
     * @param semaphores for each offset that of its semaphore in the file, 0 for none
     * @param cookies one for each offset
     */
    record UprobeMulti(String path, int flags, int pid, List<Long> offsets, List<Long> semaphores, List<Long> cookies)
            implements LinkPlace {
        public UprobeMulti {
            offsets = List.copyOf(offsets);
            semaphores = List.copyOf(semaphores);
            cookies = List.copyOf(cookies);
        }
    }

    /** A perf event. @param event which */
    record PerfEvent(PerfPlace event) implements LinkPlace {}

    /** A network device's traffic control hook. @param interfaceIndex 0 if the device is gone */
    record Tcx(Optional<AttachType> attachType, int interfaceIndex) implements LinkPlace {}

    /** A netkit device. @param interfaceIndex 0 if the device is gone */
    record Netkit(Optional<AttachType> attachType, int interfaceIndex) implements LinkPlace {}

    /** The sockets of a map. */
    record Sockmap(Optional<AttachType> attachType, int mapId) implements LinkPlace {}

    /** A kind of link that is newer than this software. */
    record Unknown() implements LinkPlace {}

    /** What an iterator is confined to. */
    sealed interface IteratorScope {
        /** All there is. */
        record Everything() implements IteratorScope {}

        /** The entries of a map. */
        record OfMap(int mapId) implements IteratorScope {}

        /** A control group. @param order {@code enum bpf_cgroup_iter_order}: self, descendants in pre- or post-order, ancestors */
        record OfCgroup(long cgroupId, int order) implements IteratorScope {}

        /** A thread or a process. @param thread 0 if not confined to one @param process likewise */
        record OfTask(int thread, int process) implements IteratorScope {}
    }
}

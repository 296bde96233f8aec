package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfInfoLayout.LinkInfo;
import dev.skep.linux.bpf.Field;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.program.AttachType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Reads {@code struct bpf_link_info}: a first look says which kind of link it is and how large its arrays are; kinds with names or
 * arrays need a second one that says where to put them.
 */
final class LinkInfoReader {
    private static final int LONGEST_NAME = 4096; // PATH_MAX: names are paths, functions or tracepoints

    private final FileDescriptor descriptor;

    LinkInfoReader(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    dev.skep.linux.info.LinkInfo read() {
        try (InfoBlock block = new InfoBlock()) {
            block.read(descriptor, "a link");
            int type = block.word(LinkInfo.TYPE);
            LinkPlace place =
                    LinkType.of(type).map(known -> place(known, block)).orElse(new LinkPlace.Unknown());
            return new dev.skep.linux.info.LinkInfo(block.word(LinkInfo.ID), type, block.word(LinkInfo.PROG_ID), place);
        }
    }

    private LinkPlace place(LinkType type, InfoBlock first) {
        return switch (type) {
            case UNSPEC -> new LinkPlace.Unknown();
            case RAW_TRACEPOINT -> rawTracepoint();
            case TRACING ->
                new LinkPlace.Tracing(
                        attachType(first, LinkInfo.TRACING_ATTACH_TYPE),
                        first.word(LinkInfo.TRACING_TARGET_OBJ_ID),
                        first.word(LinkInfo.TRACING_TARGET_BTF_ID),
                        first.number(LinkInfo.TRACING_COOKIE));
            case CGROUP ->
                new LinkPlace.Cgroup(
                        attachType(first, LinkInfo.CGROUP_ATTACH_TYPE), first.number(LinkInfo.CGROUP_CGROUP_ID));
            case ITER -> iterator();
            case NETNS ->
                new LinkPlace.NetworkNamespace(
                        attachType(first, LinkInfo.NETNS_ATTACH_TYPE), first.word(LinkInfo.NETNS_NETNS_INO));
            case XDP -> new LinkPlace.Xdp(first.word(LinkInfo.XDP_IFINDEX));
            case PERF_EVENT -> perfEvent();
            case KPROBE_MULTI -> kprobes(first.number(LinkInfo.KPROBE_MULTI_COUNT));
            case STRUCT_OPS -> new LinkPlace.StructOps(first.word(LinkInfo.STRUCT_OPS_MAP_ID));
            case NETFILTER ->
                new LinkPlace.Netfilter(
                        first.word(LinkInfo.NETFILTER_PF),
                        first.word(LinkInfo.NETFILTER_HOOKNUM),
                        first.word(LinkInfo.NETFILTER_PRIORITY),
                        first.word(LinkInfo.NETFILTER_FLAGS));
            case TCX ->
                new LinkPlace.Tcx(attachType(first, LinkInfo.TCX_ATTACH_TYPE), first.word(LinkInfo.TCX_IFINDEX));
            case UPROBE_MULTI -> uprobes(first.number(LinkInfo.UPROBE_MULTI_COUNT));
            case NETKIT ->
                new LinkPlace.Netkit(
                        attachType(first, LinkInfo.NETKIT_ATTACH_TYPE), first.word(LinkInfo.NETKIT_IFINDEX));
            case SOCKMAP ->
                new LinkPlace.Sockmap(
                        attachType(first, LinkInfo.SOCKMAP_ATTACH_TYPE), first.word(LinkInfo.SOCKMAP_MAP_ID));
        };
    }

    private static Optional<AttachType> attachType(InfoBlock block, Field field) {
        return AttachType.of(block.word(field));
    }

    private LinkPlace rawTracepoint() {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment name =
                    block.room(LinkInfo.RAW_TRACEPOINT_TP_NAME, LinkInfo.RAW_TRACEPOINT_TP_NAME_LEN, LONGEST_NAME, 1);
            block.read(descriptor, "a link");
            return new LinkPlace.RawTracepoint(InfoBlock.untilZero(name), block.number(LinkInfo.RAW_TRACEPOINT_COOKIE));
        }
    }

    private LinkPlace iterator() {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment target =
                    block.room(LinkInfo.ITER_TARGET_NAME, LinkInfo.ITER_TARGET_NAME_LEN, LONGEST_NAME, 1);
            block.read(descriptor, "a link");
            String name = InfoBlock.untilZero(target);
            return new LinkPlace.Iterator(name, scope(name, block));
        }
    }

    /** Which of the alternatives holds follows from the target's name alone. */
    private static LinkPlace.IteratorScope scope(String target, InfoBlock block) {
        return switch (target) {
            case "bpf_map_elem", "bpf_sk_storage_map" ->
                new LinkPlace.IteratorScope.OfMap(block.word(LinkInfo.ITER_MAP_MAP_ID));
            case "cgroup" ->
                new LinkPlace.IteratorScope.OfCgroup(
                        block.number(LinkInfo.ITER_CGROUP_CGROUP_ID), block.word(LinkInfo.ITER_CGROUP_ORDER));
            case "task", "task_file", "task_vma" ->
                new LinkPlace.IteratorScope.OfTask(
                        block.word(LinkInfo.ITER_TASK_TID), block.word(LinkInfo.ITER_TASK_PID));
            default -> new LinkPlace.IteratorScope.Everything();
        };
    }

    private LinkPlace kprobes(long count) {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment addresses =
                    block.room(LinkInfo.KPROBE_MULTI_ADDRS, LinkInfo.KPROBE_MULTI_COUNT, count, Long.BYTES);
            MemorySegment cookies = block.room(LinkInfo.KPROBE_MULTI_COOKIES, count * Long.BYTES);
            block.read(descriptor, "a link");
            return new LinkPlace.KprobeMulti(
                    block.word(LinkInfo.KPROBE_MULTI_FLAGS),
                    block.number(LinkInfo.KPROBE_MULTI_MISSED),
                    InfoBlock.longs(addresses, count),
                    InfoBlock.longs(cookies, count));
        }
    }

    private LinkPlace uprobes(long count) {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment path =
                    block.room(LinkInfo.UPROBE_MULTI_PATH, LinkInfo.UPROBE_MULTI_PATH_SIZE, LONGEST_NAME, 1);
            MemorySegment offsets =
                    block.room(LinkInfo.UPROBE_MULTI_OFFSETS, LinkInfo.UPROBE_MULTI_COUNT, count, Long.BYTES);
            MemorySegment semaphores = block.room(LinkInfo.UPROBE_MULTI_REF_CTR_OFFSETS, count * Long.BYTES);
            MemorySegment cookies = block.room(LinkInfo.UPROBE_MULTI_COOKIES, count * Long.BYTES);
            block.read(descriptor, "a link");
            return new LinkPlace.UprobeMulti(
                    InfoBlock.untilZero(path),
                    block.word(LinkInfo.UPROBE_MULTI_FLAGS),
                    block.word(LinkInfo.UPROBE_MULTI_PID),
                    InfoBlock.longs(offsets, count),
                    InfoBlock.longs(semaphores, count),
                    InfoBlock.longs(cookies, count));
        }
    }

    private LinkPlace perfEvent() {
        try (InfoBlock block = new InfoBlock()) {
            // Where the name goes stands at the same place whether it is that of a file, a function or a tracepoint.
            MemorySegment name =
                    block.room(LinkInfo.PERF_UPROBE_FILE_NAME, LinkInfo.PERF_UPROBE_NAME_LEN, LONGEST_NAME, 1);
            block.read(descriptor, "a link");
            return new LinkPlace.PerfEvent(perfPlace(block, InfoBlock.untilZero(name)));
        }
    }

    /** By {@code enum bpf_perf_event_type}. */
    private static PerfPlace perfPlace(InfoBlock block, String name) {
        int type = block.word(LinkInfo.PERF_EVENT_TYPE);
        return switch (type) {
            case 1, 2 -> // BPF_PERF_EVENT_UPROBE, BPF_PERF_EVENT_URETPROBE
                new PerfPlace.Uprobe(
                        type == 2,
                        name,
                        block.word(LinkInfo.PERF_UPROBE_OFFSET),
                        block.number(LinkInfo.PERF_UPROBE_REF_CTR_OFFSET),
                        block.number(LinkInfo.PERF_UPROBE_COOKIE));
            case 3, 4 -> // BPF_PERF_EVENT_KPROBE, BPF_PERF_EVENT_KRETPROBE
                new PerfPlace.Kprobe(
                        type == 4,
                        name,
                        block.word(LinkInfo.PERF_KPROBE_OFFSET),
                        block.number(LinkInfo.PERF_KPROBE_ADDR),
                        block.number(LinkInfo.PERF_KPROBE_MISSED),
                        block.number(LinkInfo.PERF_KPROBE_COOKIE));
            case 5 -> // BPF_PERF_EVENT_TRACEPOINT
                new PerfPlace.Tracepoint(name, block.number(LinkInfo.PERF_TRACEPOINT_COOKIE));
            case 6 -> // BPF_PERF_EVENT_EVENT
                new PerfPlace.Event(
                        block.word(LinkInfo.PERF_EVENT_EVENT_TYPE),
                        block.number(LinkInfo.PERF_EVENT_CONFIG),
                        block.number(LinkInfo.PERF_EVENT_COOKIE));
            default -> new PerfPlace.Unknown();
        };
    }
}

package dev.skep.verifier.kernel;

import static dev.skep.object.map.MapType.ARENA;
import static dev.skep.object.map.MapType.ARRAY;
import static dev.skep.object.map.MapType.ARRAY_OF_MAPS;
import static dev.skep.object.map.MapType.BLOOM_FILTER;
import static dev.skep.object.map.MapType.CGROUP_ARRAY;
import static dev.skep.object.map.MapType.CGROUP_STORAGE;
import static dev.skep.object.map.MapType.CGRP_STORAGE;
import static dev.skep.object.map.MapType.CPUMAP;
import static dev.skep.object.map.MapType.DEVMAP;
import static dev.skep.object.map.MapType.DEVMAP_HASH;
import static dev.skep.object.map.MapType.HASH;
import static dev.skep.object.map.MapType.HASH_OF_MAPS;
import static dev.skep.object.map.MapType.INODE_STORAGE;
import static dev.skep.object.map.MapType.LRU_HASH;
import static dev.skep.object.map.MapType.LRU_PERCPU_HASH;
import static dev.skep.object.map.MapType.PERCPU_ARRAY;
import static dev.skep.object.map.MapType.PERCPU_CGROUP_STORAGE;
import static dev.skep.object.map.MapType.PERCPU_HASH;
import static dev.skep.object.map.MapType.PERF_EVENT_ARRAY;
import static dev.skep.object.map.MapType.PROG_ARRAY;
import static dev.skep.object.map.MapType.QUEUE;
import static dev.skep.object.map.MapType.REUSEPORT_SOCKARRAY;
import static dev.skep.object.map.MapType.RINGBUF;
import static dev.skep.object.map.MapType.SK_STORAGE;
import static dev.skep.object.map.MapType.SOCKHASH;
import static dev.skep.object.map.MapType.SOCKMAP;
import static dev.skep.object.map.MapType.STACK;
import static dev.skep.object.map.MapType.STACK_TRACE;
import static dev.skep.object.map.MapType.STRUCT_OPS;
import static dev.skep.object.map.MapType.TASK_STORAGE;
import static dev.skep.object.map.MapType.USER_RINGBUF;
import static dev.skep.object.map.MapType.XSKMAP;

import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which helpers take which maps, and which programs may use which: kernel/bpf/verifier.c (6.18). */
final class MapTable {
    /** Types of maps that only these helpers take; for the others any helper that takes a map does. */
    private static final Map<MapType, Set<HelperId>> HELPERS = new EnumMap<>(Map.ofEntries(
            only(PROG_ARRAY, HelperId.TAIL_CALL),
            only(
                    PERF_EVENT_ARRAY,
                    HelperId.PERF_EVENT_READ,
                    HelperId.PERF_EVENT_OUTPUT,
                    HelperId.SKB_OUTPUT,
                    HelperId.PERF_EVENT_READ_VALUE,
                    HelperId.XDP_OUTPUT),
            only(
                    RINGBUF,
                    HelperId.RINGBUF_OUTPUT,
                    HelperId.RINGBUF_RESERVE,
                    HelperId.RINGBUF_QUERY,
                    HelperId.RINGBUF_RESERVE_DYNPTR,
                    HelperId.RINGBUF_SUBMIT_DYNPTR,
                    HelperId.RINGBUF_DISCARD_DYNPTR),
            only(USER_RINGBUF, HelperId.USER_RINGBUF_DRAIN),
            only(STACK_TRACE, HelperId.GET_STACKID),
            only(CGROUP_ARRAY, HelperId.SKB_UNDER_CGROUP, HelperId.CURRENT_TASK_UNDER_CGROUP),
            only(CGROUP_STORAGE, HelperId.GET_LOCAL_STORAGE),
            only(PERCPU_CGROUP_STORAGE, HelperId.GET_LOCAL_STORAGE),
            only(DEVMAP, HelperId.REDIRECT_MAP, HelperId.MAP_LOOKUP_ELEM),
            only(DEVMAP_HASH, HelperId.REDIRECT_MAP, HelperId.MAP_LOOKUP_ELEM),
            only(CPUMAP, HelperId.REDIRECT_MAP),
            only(XSKMAP, HelperId.REDIRECT_MAP, HelperId.MAP_LOOKUP_ELEM),
            only(ARRAY_OF_MAPS, HelperId.MAP_LOOKUP_ELEM),
            only(HASH_OF_MAPS, HelperId.MAP_LOOKUP_ELEM),
            only(
                    SOCKMAP,
                    HelperId.SK_REDIRECT_MAP,
                    HelperId.SOCK_MAP_UPDATE,
                    HelperId.MSG_REDIRECT_MAP,
                    HelperId.SK_SELECT_REUSEPORT,
                    HelperId.MAP_LOOKUP_ELEM),
            only(
                    SOCKHASH,
                    HelperId.SK_REDIRECT_HASH,
                    HelperId.SOCK_HASH_UPDATE,
                    HelperId.MSG_REDIRECT_HASH,
                    HelperId.SK_SELECT_REUSEPORT,
                    HelperId.MAP_LOOKUP_ELEM),
            only(REUSEPORT_SOCKARRAY, HelperId.SK_SELECT_REUSEPORT),
            only(QUEUE, HelperId.MAP_PEEK_ELEM, HelperId.MAP_POP_ELEM, HelperId.MAP_PUSH_ELEM),
            only(STACK, HelperId.MAP_PEEK_ELEM, HelperId.MAP_POP_ELEM, HelperId.MAP_PUSH_ELEM),
            only(BLOOM_FILTER, HelperId.MAP_PEEK_ELEM, HelperId.MAP_PUSH_ELEM),
            only(SK_STORAGE, HelperId.SK_STORAGE_GET, HelperId.SK_STORAGE_DELETE, HelperId.KPTR_XCHG),
            only(INODE_STORAGE, HelperId.INODE_STORAGE_GET, HelperId.INODE_STORAGE_DELETE, HelperId.KPTR_XCHG),
            only(TASK_STORAGE, HelperId.TASK_STORAGE_GET, HelperId.TASK_STORAGE_DELETE, HelperId.KPTR_XCHG),
            only(CGRP_STORAGE, HelperId.CGRP_STORAGE_GET, HelperId.CGRP_STORAGE_DELETE, HelperId.KPTR_XCHG)));

    /** What sleepable programs may use, with the first kernel where they do, if it is not that where they came (5.10). */
    private static final Map<MapType, KernelVersion> SLEEPABLE = new EnumMap<>(Map.ofEntries(
            Map.entry(HASH, KernelVersion.of("5.10")),
            Map.entry(LRU_HASH, KernelVersion.of("5.10")),
            Map.entry(ARRAY, KernelVersion.of("5.10")),
            Map.entry(PERCPU_HASH, KernelVersion.of("5.12")),
            Map.entry(PERCPU_ARRAY, KernelVersion.of("5.12")),
            Map.entry(LRU_PERCPU_HASH, KernelVersion.of("5.12")),
            Map.entry(ARRAY_OF_MAPS, KernelVersion.of("5.12")),
            Map.entry(HASH_OF_MAPS, KernelVersion.of("5.12")),
            Map.entry(RINGBUF, KernelVersion.of("5.12")),
            Map.entry(INODE_STORAGE, KernelVersion.of("5.17")),
            Map.entry(SK_STORAGE, KernelVersion.of("5.17")),
            Map.entry(TASK_STORAGE, KernelVersion.of("5.17")),
            Map.entry(USER_RINGBUF, KernelVersion.of("6.1")),
            Map.entry(CGRP_STORAGE, KernelVersion.of("6.2")),
            Map.entry(QUEUE, KernelVersion.of("6.8")),
            Map.entry(STACK, KernelVersion.of("6.8")),
            Map.entry(ARENA, KernelVersion.of("6.9"))));

    private MapTable() {}

    private static Map.Entry<MapType, Set<HelperId>> only(MapType type, HelperId first, HelperId... more) {
        return Map.entry(type, EnumSet.of(first, more));
    }

    /** {@code map_create}, kernel/bpf/syscall.c; before 6.5 in {@code map_alloc_check} of each type. */
    static Set<Capability> needed(MapType map) {
        return switch (map) {
            case ARRAY,
                    PERCPU_ARRAY,
                    PROG_ARRAY,
                    PERF_EVENT_ARRAY,
                    CGROUP_ARRAY,
                    ARRAY_OF_MAPS,
                    HASH,
                    PERCPU_HASH,
                    HASH_OF_MAPS,
                    RINGBUF,
                    USER_RINGBUF,
                    CGROUP_STORAGE,
                    PERCPU_CGROUP_STORAGE -> Set.of();
            case SOCKMAP, SOCKHASH, DEVMAP, DEVMAP_HASH, XSKMAP -> Set.of(Capability.NET_ADMIN);
            default -> Set.of(Capability.BPF);
        };
    }

    /** The two-way check: what the map allows, and what the helper takes. */
    static boolean takes(HelperId helper, MapType map, ProgramKind program) {
        Set<HelperId> helpers = HELPERS.get(map);
        boolean mapAllows = helpers == null
                || helpers.contains(helper)
                || ((map == SOCKMAP || map == SOCKHASH) && mayUpdateSockets(helper, program));
        Set<MapType> maps = maps(helper);
        return mapAllows && (maps.isEmpty() || maps.contains(map));
    }

    /** What the helper takes; empty for any. */
    private static Set<MapType> maps(HelperId helper) {
        return switch (helper) {
            case TAIL_CALL -> EnumSet.of(PROG_ARRAY);
            case PERF_EVENT_READ, PERF_EVENT_OUTPUT, PERF_EVENT_READ_VALUE, SKB_OUTPUT, XDP_OUTPUT ->
                EnumSet.of(PERF_EVENT_ARRAY);
            case RINGBUF_OUTPUT,
                    RINGBUF_RESERVE,
                    RINGBUF_QUERY,
                    RINGBUF_RESERVE_DYNPTR,
                    RINGBUF_SUBMIT_DYNPTR,
                    RINGBUF_DISCARD_DYNPTR -> EnumSet.of(RINGBUF);
            case USER_RINGBUF_DRAIN -> EnumSet.of(USER_RINGBUF);
            case GET_STACKID -> EnumSet.of(STACK_TRACE);
            case CURRENT_TASK_UNDER_CGROUP, SKB_UNDER_CGROUP -> EnumSet.of(CGROUP_ARRAY);
            case REDIRECT_MAP -> EnumSet.of(DEVMAP, DEVMAP_HASH, CPUMAP, XSKMAP);
            case SK_REDIRECT_MAP, MSG_REDIRECT_MAP, SOCK_MAP_UPDATE -> EnumSet.of(SOCKMAP);
            case SK_REDIRECT_HASH, MSG_REDIRECT_HASH, SOCK_HASH_UPDATE -> EnumSet.of(SOCKHASH);
            case GET_LOCAL_STORAGE -> EnumSet.of(CGROUP_STORAGE, PERCPU_CGROUP_STORAGE);
            case SK_SELECT_REUSEPORT -> EnumSet.of(REUSEPORT_SOCKARRAY, SOCKMAP, SOCKHASH);
            case MAP_POP_ELEM -> EnumSet.of(QUEUE, STACK);
            case MAP_PEEK_ELEM, MAP_PUSH_ELEM -> EnumSet.of(QUEUE, STACK, BLOOM_FILTER);
            case MAP_LOOKUP_PERCPU_ELEM -> EnumSet.of(PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH);
            case SK_STORAGE_GET, SK_STORAGE_DELETE -> EnumSet.of(SK_STORAGE);
            case INODE_STORAGE_GET, INODE_STORAGE_DELETE -> EnumSet.of(INODE_STORAGE);
            case TASK_STORAGE_GET, TASK_STORAGE_DELETE -> EnumSet.of(TASK_STORAGE);
            case CGRP_STORAGE_GET, CGRP_STORAGE_DELETE -> EnumSet.of(CGRP_STORAGE);
            default -> Set.of();
        };
    }

    /** {@code may_update_sockmap}: programs that cannot meet a locked socket. */
    private static boolean mayUpdateSockets(HelperId helper, ProgramKind program) {
        if (helper != HelperId.MAP_UPDATE_ELEM && helper != HelperId.MAP_DELETE_ELEM) {
            return false;
        }
        return switch (program.type()) {
            case TRACING -> program.attachesTo(AttachType.TRACE_ITER);
            case SOCK_OPS -> helper == HelperId.MAP_DELETE_ELEM;
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, XDP, SK_REUSEPORT, FLOW_DISSECTOR, SK_LOOKUP -> true;
            default -> false;
        };
    }

    static boolean mayUse(ProgramKind program, MapType map, KernelVersion version) {
        if (map == STRUCT_OPS) {
            return false;
        }
        if (!program.sleepable()) {
            return true;
        }
        KernelVersion since = SLEEPABLE.get(map);
        return since != null && since.compareTo(version) <= 0;
    }
}

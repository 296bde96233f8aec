package dev.skep.engine.helper;

import static dev.skep.engine.helper.Argument.DYNPTR;
import static dev.skep.engine.helper.Argument.DYNPTR_OUT;
import static dev.skep.engine.helper.Argument.KEY;
import static dev.skep.engine.helper.Argument.MAP;
import static dev.skep.engine.helper.Argument.SCALAR;
import static dev.skep.engine.helper.Argument.VALUE_IN;
import static dev.skep.engine.helper.Argument.VALUE_OUT;
import static dev.skep.engine.helper.Argument.in;
import static dev.skep.engine.helper.Argument.inOrNull;
import static dev.skep.engine.helper.Argument.out;
import static dev.skep.engine.helper.Argument.out8;
import static dev.skep.engine.helper.HelperDefinition.Place.ANYWHERE;
import static dev.skep.engine.helper.HelperDefinition.Place.PACKET;
import static dev.skep.engine.helper.HelperDefinition.Place.SOCKET_BUFFER;
import static dev.skep.engine.helper.HelperDefinition.Place.XDP;

import dev.skep.object.program.HelperId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The helpers the engine has, as data: number, who may call it, what its arguments point at, what it does. {@code
 * bpf_tail_call} is not among them; it is part of the interpreter.
 */
public final class HelperTable {
    private static final Map<HelperId, HelperDefinition> DEFINITIONS = new EnumMap<>(HelperId.class);

    static {
        maps();
        timeAndTask();
        memoryAndText();
        loopsAndLocks();
        events();
        dynptrs();
        packets();
        redirects();
        sockets();
        storages();
    }

    private HelperTable() {}

    /** The helper with this number, if the engine has it. */
    public static Optional<HelperDefinition> find(HelperId id) {
        return Optional.ofNullable(DEFINITIONS.get(id));
    }

    /** Every helper the engine has, by number. */
    public static List<HelperDefinition> all() {
        return List.copyOf(DEFINITIONS.values());
    }

    private static void define(HelperId id, HelperDefinition.Place place, Helper function, Argument... arguments) {
        DEFINITIONS.put(id, new HelperDefinition(id, place, List.of(arguments), function));
    }

    private static void anywhere(HelperId id, Helper function, Argument... arguments) {
        define(id, ANYWHERE, function, arguments);
    }

    private static void maps() {
        anywhere(HelperId.MAP_LOOKUP_ELEM, MapHelpers::lookup, MAP, KEY);
        anywhere(HelperId.MAP_UPDATE_ELEM, MapHelpers::update, MAP, KEY, VALUE_IN, SCALAR);
        anywhere(HelperId.MAP_DELETE_ELEM, MapHelpers::delete, MAP, KEY);
        anywhere(HelperId.MAP_PUSH_ELEM, MapHelpers::push, MAP, VALUE_IN, SCALAR);
        anywhere(HelperId.MAP_POP_ELEM, MapHelpers::pop, MAP, VALUE_OUT);
        // A bloom filter's peek reads the value; the rest write it. Both need the memory.
        anywhere(HelperId.MAP_PEEK_ELEM, MapHelpers::peek, MAP, VALUE_OUT);
        anywhere(HelperId.MAP_LOOKUP_PERCPU_ELEM, MapHelpers::lookupPerCpu, MAP, KEY, SCALAR);
        anywhere(HelperId.FOR_EACH_MAP_ELEM, MapHelpers::forEach, MAP, SCALAR, SCALAR, SCALAR);
    }

    private static void timeAndTask() {
        anywhere(HelperId.KTIME_GET_NS, TimeHelpers::monotonic);
        anywhere(HelperId.KTIME_GET_COARSE_NS, TimeHelpers::monotonic);
        anywhere(HelperId.KTIME_GET_BOOT_NS, TimeHelpers::boot);
        anywhere(HelperId.KTIME_GET_TAI_NS, TimeHelpers::tai);
        anywhere(HelperId.JIFFIES64, TimeHelpers::jiffies);
        anywhere(HelperId.GET_PRANDOM_U32, TimeHelpers::random);
        anywhere(HelperId.GET_SMP_PROCESSOR_ID, TimeHelpers::cpu);
        anywhere(HelperId.GET_NUMA_NODE_ID, TimeHelpers::numaNode);
        anywhere(HelperId.GET_CURRENT_PID_TGID, TaskHelpers::processAndThread);
        anywhere(HelperId.GET_CURRENT_UID_GID, TaskHelpers::userAndGroup);
        anywhere(HelperId.GET_CURRENT_COMM, TaskHelpers::command, out(1), SCALAR);
        anywhere(HelperId.GET_CURRENT_CGROUP_ID, TaskHelpers::cgroupId);
        anywhere(HelperId.GET_CURRENT_TASK, TaskHelpers::task);
        anywhere(HelperId.GET_CURRENT_TASK_BTF, TaskHelpers::task);
    }

    private static void memoryAndText() {
        for (HelperId id : List.of(
                HelperId.PROBE_READ, HelperId.PROBE_READ_USER, HelperId.PROBE_READ_KERNEL, HelperId.COPY_FROM_USER)) {
            anywhere(id, ProbeReadHelpers::read, out(1), SCALAR, SCALAR);
        }
        for (HelperId id :
                List.of(HelperId.PROBE_READ_STR, HelperId.PROBE_READ_USER_STR, HelperId.PROBE_READ_KERNEL_STR)) {
            anywhere(id, ProbeReadHelpers::readString, out(1), SCALAR, SCALAR);
        }
        anywhere(HelperId.PROBE_WRITE_USER, ProbeReadHelpers::write, SCALAR, in(2), SCALAR);
        anywhere(HelperId.TRACE_PRINTK, PrintHelpers::trace, in(1), SCALAR, SCALAR, SCALAR, SCALAR);
        anywhere(HelperId.TRACE_VPRINTK, PrintHelpers::traceArray, in(1), SCALAR, inOrNull(3), SCALAR);
        anywhere(
                HelperId.SNPRINTF,
                PrintHelpers::format,
                new Argument.Sized(1, Argument.Access.WRITE, true),
                SCALAR,
                SCALAR,
                inOrNull(4),
                SCALAR);
        anywhere(HelperId.STRTOL, StringHelpers::strtol, in(1), SCALAR, SCALAR, out8());
        anywhere(HelperId.STRTOUL, StringHelpers::strtoul, in(1), SCALAR, SCALAR, out8());
        anywhere(HelperId.STRNCMP, StringHelpers::strncmp, in(1), SCALAR, SCALAR);
        anywhere(HelperId.CSUM_DIFF, ChecksumHelpers::diff, inOrNull(1), SCALAR, inOrNull(3), SCALAR, SCALAR);
    }

    private static void loopsAndLocks() {
        anywhere(HelperId.LOOP, LoopHelpers::loop);
        anywhere(HelperId.SPIN_LOCK, ExchangeHelpers::lock, new Argument.Fixed(4, Argument.Access.WRITE));
        anywhere(HelperId.SPIN_UNLOCK, ExchangeHelpers::unlock, new Argument.Fixed(4, Argument.Access.WRITE));
        anywhere(HelperId.KPTR_XCHG, ExchangeHelpers::exchange, out8(), SCALAR);
    }

    private static void events() {
        anywhere(HelperId.RINGBUF_OUTPUT, EventHelpers::ringBufferOutput, MAP, in(2), SCALAR, SCALAR);
        anywhere(HelperId.RINGBUF_RESERVE, EventHelpers::ringBufferReserve, MAP, SCALAR, SCALAR);
        anywhere(HelperId.RINGBUF_SUBMIT, EventHelpers::ringBufferSubmit);
        anywhere(HelperId.RINGBUF_DISCARD, EventHelpers::ringBufferDiscard);
        anywhere(HelperId.RINGBUF_QUERY, EventHelpers::ringBufferQuery, MAP, SCALAR);
        anywhere(HelperId.USER_RINGBUF_DRAIN, EventHelpers::userRingBufferDrain, MAP, SCALAR, SCALAR, SCALAR);
        anywhere(HelperId.PERF_EVENT_OUTPUT, EventHelpers::perfEventOutput, SCALAR, MAP, SCALAR, in(4), SCALAR);
        define(HelperId.SKB_OUTPUT, SOCKET_BUFFER, EventHelpers::perfEventOutput, SCALAR, MAP, SCALAR, in(4), SCALAR);
        define(HelperId.XDP_OUTPUT, XDP, EventHelpers::perfEventOutput, SCALAR, MAP, SCALAR, in(4), SCALAR);
    }

    private static void dynptrs() {
        anywhere(HelperId.DYNPTR_FROM_MEM, DynptrHelpers::fromMemory, out(1), SCALAR, SCALAR, DYNPTR_OUT);
        anywhere(HelperId.DYNPTR_READ, DynptrHelpers::read, out(1), SCALAR, DYNPTR, SCALAR, SCALAR);
        anywhere(HelperId.DYNPTR_WRITE, DynptrHelpers::write, DYNPTR, SCALAR, in(3), SCALAR, SCALAR);
        anywhere(HelperId.DYNPTR_DATA, DynptrHelpers::data, DYNPTR, SCALAR, SCALAR);
        anywhere(
                HelperId.RINGBUF_RESERVE_DYNPTR,
                EventHelpers::ringBufferReserveDynptr,
                MAP,
                SCALAR,
                SCALAR,
                DYNPTR_OUT);
        anywhere(HelperId.RINGBUF_SUBMIT_DYNPTR, EventHelpers::ringBufferSubmitDynptr, DYNPTR_OUT, SCALAR);
        anywhere(HelperId.RINGBUF_DISCARD_DYNPTR, EventHelpers::ringBufferDiscardDynptr, DYNPTR_OUT, SCALAR);
    }

    private static void packets() {
        define(HelperId.XDP_ADJUST_HEAD, XDP, PacketHelpers::xdpAdjustHead);
        define(HelperId.XDP_ADJUST_TAIL, XDP, PacketHelpers::xdpAdjustTail);
        define(HelperId.XDP_ADJUST_META, XDP, PacketHelpers::xdpAdjustMeta);
        define(HelperId.XDP_GET_BUFF_LEN, XDP, PacketHelpers::xdpLength);
        define(HelperId.XDP_LOAD_BYTES, XDP, PacketHelpers::xdpLoadBytes, SCALAR, SCALAR, out(3), SCALAR);
        define(HelperId.XDP_STORE_BYTES, XDP, PacketHelpers::xdpStoreBytes, SCALAR, SCALAR, in(3), SCALAR);
        define(HelperId.SKB_LOAD_BYTES, SOCKET_BUFFER, PacketHelpers::loadBytes, SCALAR, SCALAR, out(3), SCALAR);
        define(
                HelperId.SKB_LOAD_BYTES_RELATIVE,
                SOCKET_BUFFER,
                PacketHelpers::loadBytesRelative,
                SCALAR,
                SCALAR,
                out(3),
                SCALAR,
                SCALAR);
        define(
                HelperId.SKB_STORE_BYTES,
                SOCKET_BUFFER,
                PacketHelpers::storeBytes,
                SCALAR,
                SCALAR,
                in(3),
                SCALAR,
                SCALAR);
        define(HelperId.SKB_PULL_DATA, SOCKET_BUFFER, PacketHelpers::pullData);
        define(HelperId.SKB_CHANGE_TYPE, SOCKET_BUFFER, PacketHelpers::changeType);
        define(HelperId.SKB_CHANGE_HEAD, SOCKET_BUFFER, PacketHelpers::changeHead);
        define(HelperId.SKB_CHANGE_TAIL, SOCKET_BUFFER, PacketHelpers::changeTail);
        define(HelperId.SKB_ADJUST_ROOM, SOCKET_BUFFER, PacketHelpers::adjustRoom);
        define(HelperId.SKB_CHANGE_PROTO, SOCKET_BUFFER, PacketHelpers::changeProtocol);
        define(HelperId.SKB_VLAN_PUSH, SOCKET_BUFFER, PacketHelpers::vlanPush);
        define(HelperId.SKB_VLAN_POP, SOCKET_BUFFER, PacketHelpers::vlanPop);
        define(HelperId.L3_CSUM_REPLACE, SOCKET_BUFFER, PacketHelpers::l3ChecksumReplace);
        define(HelperId.L4_CSUM_REPLACE, SOCKET_BUFFER, PacketHelpers::l4ChecksumReplace);
        define(HelperId.CSUM_UPDATE, SOCKET_BUFFER, PacketHelpers::checksumUpdate);
        define(HelperId.CSUM_LEVEL, SOCKET_BUFFER, PacketHelpers::checksumLevel);
        define(HelperId.GET_HASH_RECALC, SOCKET_BUFFER, PacketHelpers::hash);
        define(HelperId.SET_HASH, SOCKET_BUFFER, PacketHelpers::setHash);
        define(HelperId.SET_HASH_INVALID, SOCKET_BUFFER, PacketHelpers::clearHash);
    }

    private static void redirects() {
        define(HelperId.REDIRECT, PACKET, RedirectHelpers::redirect);
        define(HelperId.REDIRECT_MAP, XDP, RedirectHelpers::redirectMap, MAP, SCALAR, SCALAR);
        define(HelperId.REDIRECT_PEER, SOCKET_BUFFER, RedirectHelpers::redirectPeer);
        define(HelperId.REDIRECT_NEIGH, SOCKET_BUFFER, RedirectHelpers::redirectNeighbor, SCALAR, inOrNull(2));
        define(HelperId.CLONE_REDIRECT, SOCKET_BUFFER, RedirectHelpers::cloneRedirect);
        define(HelperId.FIB_LOOKUP, PACKET, RouteHelpers::lookup, SCALAR, out(2), SCALAR, SCALAR);
        define(
                HelperId.CHECK_MTU,
                PACKET,
                RouteHelpers::checkMtu,
                SCALAR,
                SCALAR,
                new Argument.Fixed(4, Argument.Access.WRITE),
                SCALAR,
                SCALAR);
    }

    private static void sockets() {
        for (HelperId id :
                List.of(HelperId.SK_LOOKUP_TCP, HelperId.SK_LOOKUP_UDP, HelperId.SKC_LOOKUP_TCP, HelperId.SK_RELEASE)) {
            define(id, PACKET, SocketHelpers::none);
        }
        for (HelperId id : List.of(
                HelperId.SK_FULLSOCK,
                HelperId.GET_SOCKET_COOKIE,
                HelperId.GET_CGROUP_CLASSID,
                HelperId.SKB_CGROUP_CLASSID,
                HelperId.SKB_CGROUP_ID,
                HelperId.SKB_ANCESTOR_CGROUP_ID,
                HelperId.GET_ROUTE_REALM)) {
            define(id, SOCKET_BUFFER, SocketHelpers::none);
        }
        define(HelperId.SKB_GET_TUNNEL_KEY, SOCKET_BUFFER, SocketHelpers::noTunnel);
        define(HelperId.SKB_GET_TUNNEL_OPT, SOCKET_BUFFER, SocketHelpers::noTunnel);
        define(HelperId.GET_SOCKET_UID, SOCKET_BUFFER, SocketHelpers::owner);
        define(HelperId.GET_NETNS_COOKIE, SOCKET_BUFFER, SocketHelpers::namespaceCookie);
        define(HelperId.SKB_ECN_SET_CE, SOCKET_BUFFER, SocketHelpers::markCongestion);
    }

    private static void storages() {
        anywhere(HelperId.GET_LOCAL_STORAGE, StorageHelpers::ofCgroup, MAP, SCALAR);
        for (HelperId id : List.of(
                HelperId.SK_STORAGE_GET,
                HelperId.INODE_STORAGE_GET,
                HelperId.TASK_STORAGE_GET,
                HelperId.CGRP_STORAGE_GET)) {
            anywhere(id, StorageHelpers::get, MAP, SCALAR, SCALAR, SCALAR);
        }
        for (HelperId id : List.of(
                HelperId.SK_STORAGE_DELETE,
                HelperId.INODE_STORAGE_DELETE,
                HelperId.TASK_STORAGE_DELETE,
                HelperId.CGRP_STORAGE_DELETE)) {
            anywhere(id, StorageHelpers::delete, MAP, SCALAR);
        }
    }
}

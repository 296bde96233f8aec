package dev.skep.engine.context;

import dev.skep.engine.memory.Region;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.program.ProgramType;
import java.util.ArrayList;
import java.util.List;

/**
 * The packet of a program that gets {@code struct __sk_buff} of linux/bpf.h: traffic control, socket filter, cgroup_skb,
 * lightweight tunnels, flow dissector. The kernel's verifier turns accesses to that structure into accesses to the real
 * {@code sk_buff}; here it is plain memory that holds the state itself.
 *
 * <p>Traffic control, socket filters (as on a packet socket) and the flow dissector see frames from the Ethernet header on, the
 * others from the network header on. All data is linear: there is never anything to pull in.
 */
public final class SocketBufferContext extends PacketContext {
    /** {@code BPF_SKB_MAX_LEN}: {@code SKB_MAX_ALLOC} with pages of 4096 bytes. */
    static final int LONGEST = 4 * 4096 - 320;

    static final int ETHERNET_HEADER = 14;
    static final int ETHERTYPE_OFFSET = 12;

    // linux/if_packet.h.
    private static final int PACKET_HOST = 0;
    private static final int PACKET_BROADCAST = 1;
    private static final int PACKET_MULTICAST = 2;
    private static final int PACKET_OTHERHOST = 3;

    // Flags of bpf_skb_store_bytes.
    private static final long RECOMPUTE_CSUM = 1;
    private static final long INVALIDATE_HASH = 2;

    // enum bpf_hdr_start_off.
    private static final long START_MAC = 0;
    private static final long START_NETWORK = 1;

    // linux/filter.h: places LD_ABS reaches with a negative offset.
    private static final int SKF_NET_OFF = -0x100000;
    private static final int SKF_LL_OFF = -0x200000;

    /** {@code SKB_MAX_CSUM_LEVEL}. */
    private static final int HIGHEST_CHECKSUM_LEVEL = 3;

    /** {@code CHECKSUM_NONE} as a level. */
    private static final int NO_CHECKSUM = -1;

    /** A copy of the packet that {@code bpf_clone_redirect} sent off. */
    public record Clone(int interfaceIndex, long flags, Bytes frame) {}

    private final ProgramType type;
    private final List<Clone> clones = new ArrayList<>();
    private final FlowKeys flowKeys;
    /** Where the Ethernet header starts. */
    long mac;
    /** Where the network header starts. */
    long network;

    private int checksumLevel;

    /** True if programs of this type get a {@code __sk_buff}. */
    public static boolean isGivenTo(ProgramType type) {
        return switch (type) {
            case SOCKET_FILTER,
                    SCHED_CLS,
                    SCHED_ACT,
                    CGROUP_SKB,
                    LWT_IN,
                    LWT_OUT,
                    LWT_XMIT,
                    LWT_SEG6LOCAL,
                    FLOW_DISSECTOR -> true;
            default -> false;
        };
    }

    /** A context with room for a packet. @param checked exposes exactly the packet and the fields {@code type} may write */
    public SocketBufferContext(Sandbox sandbox, boolean checked, ProgramType type) {
        super(sandbox, checked, SocketBufferLayout.SIZE, "context (struct __sk_buff)");
        this.type = type;
        flowKeys = new FlowKeys(sandbox);
        if (checked) {
            exposeFields();
        }
    }

    private void exposeFields() {
        sandbox.hide(context);
        int at = 0;
        for (SocketBufferLayout.Field field : SocketBufferLayout.writable(type)) {
            exposeField(at, field.offset(), false);
            exposeField(field.offset(), field.offset() + field.size(), true);
            at = field.offset() + field.size();
        }
        exposeField(at, SocketBufferLayout.SIZE, false);
    }

    private void exposeField(int from, int to, boolean writable) {
        if (to > from) {
            String label = "context (struct __sk_buff from byte " + from + ")";
            sandbox.expose(Region.of(context + from, to - from, writable, label));
        }
    }

    private boolean seesEthernet() {
        return switch (type) {
            case SCHED_CLS, SCHED_ACT, SOCKET_FILTER, FLOW_DISSECTOR -> true;
            default -> false;
        };
    }

    @Override
    long frameStart() {
        return mac;
    }

    @Override
    void reset(int length) {
        clones.clear();
        checksumLevel = NO_CHECKSUM;
        mac = buffer.start();
        end = mac + length;
        network = Math.min(mac + ETHERNET_HEADER, end);
        data = seesEthernet() ? mac : network;
        sandbox.fill(context, SocketBufferLayout.SIZE, (byte) 0);
        boolean ethernet = length >= ETHERNET_HEADER;
        setProtocol(ethernet ? sandbox.getShort(mac + ETHERTYPE_OFFSET) & 0xffff : 0);
        put(SocketBufferLayout.PKT_TYPE, ethernet ? packetType() : PACKET_HOST);
        put(SocketBufferLayout.INGRESS_IFINDEX, 1);
        put(SocketBufferLayout.IFINDEX, 1);
        if (type == ProgramType.FLOW_DISSECTOR) {
            flowKeys.reset(ETHERNET_HEADER, protocol());
            sandbox.putLong(context + SocketBufferLayout.FLOW_KEYS, flowKeys.address());
        }
        changed();
        put(SocketBufferLayout.WIRE_LEN, length());
    }

    /** {@code eth_type_trans} for a device that every unicast frame is meant for. */
    private int packetType() {
        boolean group = (sandbox.getByte(mac) & 1) != 0;
        boolean broadcast = sandbox.getInt(mac) == -1 && sandbox.getShort(mac + 4) == -1;
        return broadcast ? PACKET_BROADCAST : group ? PACKET_MULTICAST : PACKET_HOST;
    }

    /** The packet's place or length changed. */
    void changed() {
        put(SocketBufferLayout.LEN, length());
        put(SocketBufferLayout.DATA, (int) data);
        put(SocketBufferLayout.DATA_META, (int) data);
        put(SocketBufferLayout.DATA_END, (int) end);
        buffer.expose(data, end);
    }

    int get(int field) {
        return sandbox.getInt(context + field);
    }

    void put(int field, int value) {
        sandbox.putInt(context + field, value);
    }

    /** The packet's EtherType as the two bytes stand in memory ({@code skb->protocol}). */
    int protocol() {
        return get(SocketBufferLayout.PROTOCOL);
    }

    void setProtocol(int protocol) {
        put(SocketBufferLayout.PROTOCOL, protocol);
    }

    @Override
    public void applyContext(Bytes structure) {
        byte[] given = structure.toArray();
        for (int at = 0; at + 4 <= Math.min(given.length, SocketBufferLayout.SIZE); at += 4) {
            boolean ours = at == SocketBufferLayout.LEN
                    || at == SocketBufferLayout.DATA
                    || at == SocketBufferLayout.DATA_END
                    || at == SocketBufferLayout.DATA_META
                    || at == SocketBufferLayout.FLOW_KEYS
                    || at == SocketBufferLayout.FLOW_KEYS + 4
                    || at == SocketBufferLayout.PROTOCOL
                    || (at == SocketBufferLayout.WIRE_LEN && LittleEndian.getInt(given, at) == 0);
            if (!ours) {
                put(at, LittleEndian.getInt(given, at));
            }
        }
    }

    @Override
    public Bytes contextOut() {
        byte[] out = sandbox.toArray(context, SocketBufferLayout.SIZE);
        LittleEndian.putInt(out, SocketBufferLayout.DATA, 0);
        LittleEndian.putInt(out, SocketBufferLayout.DATA_END, 0);
        LittleEndian.putInt(out, SocketBufferLayout.DATA_META, 0);
        LittleEndian.putLong(out, SocketBufferLayout.FLOW_KEYS, 0);
        return Bytes.of(out);
    }

    /**
     * The whole frame; of a flow dissector {@code struct bpf_flow_keys}. {@code BPF_PROG_TEST_RUN} gives back the frame too, but
     * with zeros for an Ethernet header that the program could not see.
     */
    @Override
    public Bytes dataOut() {
        if (type == ProgramType.FLOW_DISSECTOR) {
            return flowKeys.toBytes();
        }
        return Bytes.of(sandbox.toArray(mac, (int) (end - mac)));
    }

    /** Includes a VLAN tag that is kept beside the data, as the network card would send it. */
    @Override
    public int frameLength() {
        return super.frameLength() + (VlanTag.isBeside(this) ? VlanTag.SIZE : 0);
    }

    @Override
    public void copyFrame(byte[] to, int offset) {
        if (VlanTag.isBeside(this)) {
            VlanTag.copyTagged(this, to, offset);
        } else {
            super.copyFrame(to, offset);
        }
    }

    /** {@code bpf_skb_load_bytes}: on failure {@code to} is filled with zeros. */
    public long loadBytes(long offset, long to, long length) {
        return loadFrom(data, offset, to, length, Integer.MAX_VALUE);
    }

    /** {@code bpf_skb_load_bytes_relative}. @param startHeader {@code BPF_HDR_START_MAC} (0) or {@code _NET} (1) */
    public long loadBytesRelative(long offset, long to, long length, long startHeader) {
        if (startHeader == START_MAC) {
            return loadFrom(mac, offset, to, length, 0xffff);
        }
        if (startHeader == START_NETWORK) {
            return loadFrom(network, offset, to, length, 0xffff);
        }
        sandbox.fill(to, length, (byte) 0);
        return Errno.EFAULT.negated();
    }

    private long loadFrom(long start, long offset, long to, long length, int largestOffset) {
        if (offset < 0 || offset > largestOffset || length < 0 || start + offset + length > end) {
            sandbox.fill(to, Math.max(0, length), (byte) 0);
            return Errno.EFAULT.negated();
        }
        sandbox.copy(start + offset, to, length);
        return 0;
    }

    /** {@code bpf_skb_store_bytes}. @param flags {@code BPF_F_RECOMPUTE_CSUM}, {@code BPF_F_INVALIDATE_HASH} */
    public long storeBytes(long offset, long from, long length, long flags) {
        if ((flags & ~(RECOMPUTE_CSUM | INVALIDATE_HASH)) != 0) {
            return Errno.EINVAL.negated();
        }
        if (offset < 0 || offset > Integer.MAX_VALUE || length < 0 || offset + length > length()) {
            return Errno.EFAULT.negated();
        }
        sandbox.copy(from, data + offset, length);
        if ((flags & INVALIDATE_HASH) != 0) {
            clearHash();
        }
        return 0;
    }

    /**
     * What {@code LD_ABS} and {@code LD_IND} load: {@code size} bytes (1, 2 or 4) at {@code offset}, in network order.
     *
     * @param offset from the packet's start, or relative to {@code SKF_NET_OFF} or {@code SKF_LL_OFF}
     * @return the address to load from, or 0 if that is out of bounds
     */
    public long packetAddress(int offset, int size) {
        long at = data + offset;
        if (offset < 0) {
            if (offset < SKF_LL_OFF) {
                return 0;
            }
            at = offset >= SKF_NET_OFF ? network + offset - SKF_NET_OFF : mac + offset - SKF_LL_OFF;
        }
        return at >= buffer.lowest() && at + size <= end ? at : 0;
    }

    /** {@code bpf_skb_pull_data}: everything is there already. */
    public long pullData(long length) {
        return (length & 0xffff_ffffL) > length() ? Errno.ENOMEM.negated() : 0;
    }

    /** {@code bpf_skb_change_type}. */
    public long changeType(long packetType) {
        if (packetType < 0 || packetType > PACKET_OTHERHOST || get(SocketBufferLayout.PKT_TYPE) > PACKET_OTHERHOST) {
            return Errno.EINVAL.negated();
        }
        put(SocketBufferLayout.PKT_TYPE, (int) packetType);
        return 0;
    }

    /** {@code bpf_skb_change_head}: {@code room} zero bytes before the frame. */
    public long changeHead(long room, long flags) {
        return SocketBufferRoom.changeHead(this, (int) room, flags);
    }

    /** {@code bpf_skb_change_tail}: cuts or extends with zeros to {@code length}. */
    public long changeTail(long length, long flags) {
        return SocketBufferRoom.changeTail(this, length & 0xffff_ffffL, flags);
    }

    /** {@code bpf_skb_adjust_room}. @param mode {@code BPF_ADJ_ROOM_NET} (0) or {@code _MAC} (1) */
    public long adjustRoom(long difference, long mode, long flags) {
        long result = SocketBufferRoom.adjust(this, (int) difference, (int) mode, flags);
        if (result == 0 && (flags & SocketBufferRoom.NO_CHECKSUM_RESET) == 0) {
            checksumLevel = NO_CHECKSUM;
        }
        return result;
    }

    /** {@code bpf_skb_change_proto}: makes room for the other IP version's header. @param protocol in network order */
    public long changeProtocol(long protocol, long flags) {
        return SocketBufferRoom.changeProtocol(this, (int) protocol & 0xffff, flags);
    }

    /** {@code bpf_skb_vlan_push}. @param protocol in network order @param tci in host order */
    public long vlanPush(long protocol, long tci) {
        return VlanTag.push(this, (int) protocol & 0xffff, (int) tci & 0xffff);
    }

    /** {@code bpf_skb_vlan_pop}. */
    public long vlanPop() {
        return VlanTag.pop(this);
    }

    /** {@code bpf_csum_update}: packets here never carry a complete checksum from the card, so ENOTSUPP. */
    public long checksumUpdate(long sum) {
        return Errno.ENOTSUPP.negated();
    }

    /** {@code bpf_csum_level}. @param operation {@code BPF_CSUM_LEVEL_QUERY} (0), INC, DEC, RESET */
    public long checksumLevel(long operation) {
        switch ((int) operation) {
            case 0 -> {
                return checksumLevel == NO_CHECKSUM ? Errno.EACCES.negated() : checksumLevel;
            }
            case 1 -> checksumLevel = Math.min(HIGHEST_CHECKSUM_LEVEL, checksumLevel + 1);
            case 2 -> checksumLevel = Math.max(NO_CHECKSUM, checksumLevel - 1);
            case 3 -> checksumLevel = NO_CHECKSUM;
            default -> {
                return Errno.EINVAL.negated();
            }
        }
        return 0;
    }

    /** {@code bpf_get_hash_recalc}: a flow hash of addresses, protocol and ports, never 0. */
    public int hash() {
        int hash = get(SocketBufferLayout.HASH);
        if (hash == 0) {
            hash = FlowHash.of(sandbox, network, end, protocol());
            put(SocketBufferLayout.HASH, hash);
        }
        return hash;
    }

    /** {@code bpf_set_hash}. */
    public void setHash(int hash) {
        put(SocketBufferLayout.HASH, hash);
    }

    /** {@code bpf_set_hash_invalid}. */
    public void clearHash() {
        put(SocketBufferLayout.HASH, 0);
    }

    /** The packet's EtherType in host order: 0x0800 is IPv4. */
    public int etherType() {
        return Short.reverseBytes((short) protocol()) & 0xffff;
    }

    /** The network header's place, from {@link #data()}; negative if it lies before. */
    public int networkOffset() {
        return (int) (network - data);
    }

    /** {@code bpf_clone_redirect}: notes a copy of the packet as it is now. */
    public void cloneTo(int interfaceIndex, long flags) {
        byte[] frame = new byte[frameLength()];
        copyFrame(frame, 0);
        clones.add(new Clone(interfaceIndex, flags, Bytes.of(frame)));
    }

    /** The copies sent off since the packet was loaded, in order. */
    public List<Clone> clones() {
        return List.copyOf(clones);
    }

    @Override
    public void close() {
        super.close();
        flowKeys.release();
    }
}

package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A packet in the kernel's network stack: {@code struct __sk_buff} of linux/bpf.h. */
@KernelName("__sk_buff")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SkBuff extends PacketContext {
    /** Bytes of the packet. */
    @Unsigned
    public int len;

    /** Whether it is for this host ({@code PACKET_*} of linux/if_packet.h). */
    @Unsigned
    public int pkt_type;

    /** Its mark. */
    @Unsigned
    public int mark;

    /** Queue that it was or will be in. */
    @Unsigned
    public int queue_mapping;

    /** EtherType, in network byte order within the lower 16 bits. */
    @Unsigned
    public int protocol;

    /** 1 if it has a VLAN tag beside its data. */
    @Unsigned
    public int vlan_present;

    /** That tag. */
    @Unsigned
    public int vlan_tci;

    /** Its protocol, in network byte order. */
    @Unsigned
    public int vlan_proto;

    /** Its priority. */
    @Unsigned
    public int priority;

    /** Index of the interface that it arrived on. */
    @Unsigned
    public int ingress_ifindex;

    /** Index of the interface that it is at. */
    @Unsigned
    public int ifindex;

    /** Traffic control's index. */
    @Unsigned
    public int tc_index;

    /** Room for programs. */
    @Length(5)
    @Unsigned
    public int[] cb;

    /** The hash of its flow, 0 if none was computed. */
    @Unsigned
    public int hash;

    /** Traffic control's class. */
    @Unsigned
    public int tc_classid;

    @Unsigned
    int data;

    @Unsigned
    int data_end;
    /** Which queue polled it. */
    @Unsigned
    public int napi_id;

    /** The socket's address family. */
    @Unsigned
    public int family;

    /** The socket's remote IPv4 address. */
    @BigEndian
    @Unsigned
    public int remote_ip4;

    /** The socket's local IPv4 address. */
    @BigEndian
    @Unsigned
    public int local_ip4;

    /** The socket's remote IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] remote_ip6;

    /** The socket's local IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] local_ip6;

    /** The socket's remote port, in network byte order. */
    @Unsigned
    public int remote_port;

    /** The socket's local port. */
    @Unsigned
    public int local_port;

    @Unsigned
    int data_meta;

    @Unsigned
    long flow_keys;
    /** When it was or is to be sent, in nanoseconds. */
    public long tstamp;

    /** Bytes on the wire. */
    @Unsigned
    public int wire_len;

    /** Segments that it will be cut into. */
    @Unsigned
    public int gso_segs;

    @Unsigned
    long sk;
    /** Bytes of each segment. */
    @Unsigned
    public int gso_size;

    /** Which clock {@link #tstamp} is of. */
    @Unsigned
    public byte tstamp_type;

    /** When the hardware received it, in nanoseconds. */
    public long hwtstamp;

    @Override
    public <T extends Struct> @Nullable T packet(int offset, Class<T> type) {
        throw new NotInJavaException("packet");
    }

    @Override
    public int length() {
        throw new NotInJavaException("length");
    }

    /**
     * Copies bytes of the packet, also those that lie in its fragments: {@code bpf_skb_load_bytes}.
     *
     * @param offset in bytes from the packet's start
     * @return 0, or a negative error number if the packet does not have all of its bytes
     */
    @Helper("SKB_LOAD_BYTES")
    public int load(int offset, Struct target) {
        throw new NotInJavaException("load");
    }

    /**
     * Overwrites bytes of the packet: {@code bpf_skb_store_bytes}. Pointers into the packet are lost with it.
     *
     * @param offset in bytes from the packet's start @param flags {@code BPF_F_*} of the helper
     * @return 0, or a negative error number
     */
    @Helper("SKB_STORE_BYTES")
    public int store(int offset, Struct source, long flags) {
        throw new NotInJavaException("store");
    }

    /**
     * The socket it belongs to, {@code null} if there is none. Of its fields, programs may read those that come before
     * {@code src_ip4} and the addresses; it can be given to helpers and to a {@code SocketStorage}.
     */
    public @Nullable BpfSock sk() {
        throw new NotInJavaException("sk");
    }

    /**
     * Corrects the checksum of an IPv4 header for a field that changes. Pointers into the packet are lost.
     *
     * @param offset of the checksum @param size bytes of the field, 2 or 4; 0 if {@code to} is a difference, as of {@code Bpf.csumDiff}
     * @return 0, or a negative error number
     */
    @Helper("L3_CSUM_REPLACE")
    public int replaceL3Checksum(int offset, long from, long to, long size) {
        throw new NotInJavaException("replaceL3Checksum");
    }

    /**
     * Corrects the checksum of a TCP or UDP header for a field that changes. Pointers into the packet are lost.
     *
     * @param offset of the checksum @param flags bytes of the field (0, 2 or 4), and {@code BPF_F_PSEUDO_HDR} and the like
     * @return 0, or a negative error number
     */
    @Helper("L4_CSUM_REPLACE")
    public int replaceL4Checksum(int offset, long from, long to, long flags) {
        throw new NotInJavaException("replaceL4Checksum");
    }

    /**
     * Puts a VLAN tag before the packet. Pointers into the packet are lost.
     *
     * @param protocol in network byte order, as {@code Short.reverseBytes} makes it
     * @return 0, or a negative error number
     */
    @Helper("SKB_VLAN_PUSH")
    public int vlanPush(short protocol, int tag) {
        throw new NotInJavaException("vlanPush");
    }

    /**
     * Takes the outermost VLAN tag away. Pointers into the packet are lost.
     *
     * @return 0, or a negative error number
     */
    @Helper("SKB_VLAN_POP")
    public int vlanPop() {
        throw new NotInJavaException("vlanPop");
    }

    /**
     * Turns an IPv4 packet to an IPv6 one or back: makes room, programs write the header. Pointers into the packet are lost.
     *
     * @param protocol in network byte order
     * @return 0, or a negative error number
     */
    @Helper("SKB_CHANGE_PROTO")
    public int changeProtocol(short protocol, long flags) {
        throw new NotInJavaException("changeProtocol");
    }

    /** Says whom the packet is for ({@code PACKET_*} of linux/if_packet.h). @return 0, or a negative error number */
    @Helper("SKB_CHANGE_TYPE")
    public int changeType(int type) {
        throw new NotInJavaException("changeType");
    }

    /**
     * Makes room before the packet. Pointers into the packet are lost.
     *
     * @return 0, or a negative error number
     */
    @Helper("SKB_CHANGE_HEAD")
    public int changeHead(int bytes, long flags) {
        throw new NotInJavaException("changeHead");
    }

    /**
     * Makes room behind the Ethernet or the IP header, or takes it away. Pointers into the packet are lost.
     *
     * @param bytes less than 0 to take away @param mode {@code BPF_ADJ_ROOM_MAC} (1) or {@code BPF_ADJ_ROOM_NET} (0)
     * @return 0, or a negative error number
     */
    @Helper("SKB_ADJUST_ROOM")
    public int adjustRoom(int bytes, int mode, long flags) {
        throw new NotInJavaException("adjustRoom");
    }

    /**
     * Reads how the packet came through a tunnel. @param key begins as {@code struct bpf_tunnel_key}
     * @return 0, or a negative error number
     */
    @Helper("SKB_GET_TUNNEL_KEY")
    public int tunnelKey(Struct key, long flags) {
        throw new NotInJavaException("tunnelKey");
    }

    /**
     * Says how the packet is to go through a tunnel. @param key begins as {@code struct bpf_tunnel_key}
     * @return 0, or a negative error number
     */
    @Helper("SKB_SET_TUNNEL_KEY")
    public int setTunnelKey(Struct key, long flags) {
        throw new NotInJavaException("setTunnelKey");
    }

    /** The number of the control group (version 2) of the packet's socket. */
    @Helper("SKB_CGROUP_ID")
    public long cgroupId() {
        throw new NotInJavaException("cgroupId");
    }

    /** The number of the group above that of the packet's socket, so many levels below the root. */
    @Helper("SKB_ANCESTOR_CGROUP_ID")
    public long ancestorCgroupId(int level) {
        throw new NotInJavaException("ancestorCgroupId");
    }

    /** The class that the control group of the sender has (net_cls). */
    @Helper("GET_CGROUP_CLASSID")
    public int cgroupClassid() {
        throw new NotInJavaException("cgroupClassid");
    }

    /** The user who owns the socket; 65534 if that is not known. */
    @Helper("GET_SOCKET_UID")
    public int socketUid() {
        throw new NotInJavaException("socketUid");
    }

    /** Marks the packet as one that met congestion. @return 1 if that could be done, else 0 */
    @Helper("SKB_ECN_SET_CE")
    public int setCongestionExperienced() {
        throw new NotInJavaException("setCongestionExperienced");
    }

    /**
     * Sets when the packet is to be sent. @param type which clock ({@code BPF_SKB_CLOCK_*}, before Linux 6.10 {@code BPF_SKB_TSTAMP_*})
     * @return 0, or a negative error number
     */
    @Helper("SKB_SET_TSTAMP")
    public int setTimestamp(long nanoseconds, int type) {
        throw new NotInJavaException("setTimestamp");
    }
}

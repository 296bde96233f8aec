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
}

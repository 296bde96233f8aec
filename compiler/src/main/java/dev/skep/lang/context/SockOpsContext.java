package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** An event of a TCP connection: {@code struct bpf_sock_ops} of linux/bpf.h. */
@KernelName("bpf_sock_ops")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SockOpsContext extends Context {
    /** Which event ({@code BPF_SOCK_OPS_*}). */
    @Unsigned
    public int op;

    /** The event's arguments. */
    @Length(4)
    @Unsigned
    public int[] args;

    /** Address family. */
    @Unsigned
    public int family;

    /** Remote IPv4 address. */
    @BigEndian
    @Unsigned
    public int remote_ip4;

    /** Local IPv4 address. */
    @BigEndian
    @Unsigned
    public int local_ip4;

    /** Remote IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] remote_ip6;

    /** Local IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] local_ip6;

    /** Remote port, in network byte order. */
    @Unsigned
    public int remote_port;

    /** Local port. */
    @Unsigned
    public int local_port;

    /** 1 if fields of the connection may be read. */
    @Unsigned
    public int is_fullsock;

    /** Congestion window, in segments. */
    @Unsigned
    public int snd_cwnd;

    /** Smoothed round-trip time, in microseconds, times 8. */
    @Unsigned
    public int srtt_us;

    /** Which events are called for. */
    @Unsigned
    public int bpf_sock_ops_cb_flags;

    /** State of the connection. */
    @Unsigned
    public int state;

    /** Least round-trip time, in microseconds. */
    @Unsigned
    public int rtt_min;

    /** Slow start threshold, in segments. */
    @Unsigned
    public int snd_ssthresh;

    /** Next sequence number to receive. */
    @Unsigned
    public int rcv_nxt;

    /** Next sequence number to send. */
    @Unsigned
    public int snd_nxt;

    /** First sequence number that is not acknowledged. */
    @Unsigned
    public int snd_una;

    /** Bytes of a segment, as sent now. */
    @Unsigned
    public int mss_cache;

    /** State of explicit congestion notification. */
    @Unsigned
    public int ecn_flags;

    /** Segments delivered in the last sample. */
    @Unsigned
    public int rate_delivered;

    /** Length of that sample, in microseconds. */
    @Unsigned
    public int rate_interval_us;

    /** Segments in flight. */
    @Unsigned
    public int packets_out;

    /** Segments sent again that are in flight. */
    @Unsigned
    public int retrans_out;

    /** Segments sent again. */
    @Unsigned
    public int total_retrans;

    /** Segments received. */
    @Unsigned
    public int segs_in;

    /** Segments with data received. */
    @Unsigned
    public int data_segs_in;

    /** Segments sent. */
    @Unsigned
    public int segs_out;

    /** Segments with data sent. */
    @Unsigned
    public int data_segs_out;

    /** Segments that are lost, it seems. */
    @Unsigned
    public int lost_out;

    /** Segments acknowledged out of order. */
    @Unsigned
    public int sacked_out;

    /** Hash of the flow. */
    @Unsigned
    public int sk_txhash;

    /** Bytes received in order. */
    @Unsigned
    public long bytes_received;

    /** Bytes that were acknowledged. */
    @Unsigned
    public long bytes_acked;

    @Unsigned
    long sk;

    @Unsigned
    long skb_data;

    @Unsigned
    long skb_data_end;

    /** Bytes of the segment that the event is about, with its headers. Since Linux 5.10. */
    @Unsigned
    public int skb_len;

    /** TCP flags of that segment. Since Linux 5.10. */
    @Unsigned
    public int skb_tcp_flags;

    /**
     * The socket it belongs to, {@code null} if there is none. Of its fields, programs may read those that come before
     * {@code src_ip4} and the addresses; it can be given to helpers and to a {@code SocketStorage}.
     */
    public @Nullable BpfSock sk() {
        throw new NotInJavaException("sk");
    }

    /**
     * Asks for more events of this connection ({@code BPF_SOCK_OPS_*_CB_FLAG}). @return 0, or the flags that are not known
     */
    @Helper("SOCK_OPS_CB_FLAGS_SET")
    public int setCallbackFlags(int flags) {
        throw new NotInJavaException("setCallbackFlags");
    }

    /** Sets an option of the socket, as {@code setsockopt} does. @return 0, or a negative error number */
    @Helper("SETSOCKOPT")
    public int setOption(int level, int option, Struct value) {
        throw new NotInJavaException("setOption");
    }

    /** Reads an option of the socket, as {@code getsockopt} does. @return 0, or a negative error number */
    @Helper("GETSOCKOPT")
    public int option(int level, int option, Struct value) {
        throw new NotInJavaException("option");
    }
}

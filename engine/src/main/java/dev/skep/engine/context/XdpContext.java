package dev.skep.engine.context;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/**
 * The packet of an XDP program behind {@code struct xdp_md} of linux/bpf.h. Limits are those of the kernel's generic frame
 * (net/core/filter.c, include/net/xdp.h): 256 bytes of headroom of which the kernel keeps 40, frames of whole pages.
 */
public final class XdpContext extends PacketContext {
    // struct xdp_md.
    private static final int DATA = 0;
    private static final int DATA_END = 4;
    private static final int DATA_META = 8;
    private static final int INGRESS_IFINDEX = 12;
    private static final int RX_QUEUE_INDEX = 16;
    private static final int EGRESS_IFINDEX = 20;
    private static final int SIZE = 24;

    /** {@code XDP_PACKET_HEADROOM}. */
    private static final int HEADROOM = 256;
    /** {@code sizeof(struct xdp_frame)}, which the kernel keeps at the start of the headroom. */
    private static final int FRAME_HEADER = 40;
    /** {@code SKB_DATA_ALIGN(sizeof(struct skb_shared_info))}, kept at the end of the frame. */
    private static final int SHARED_INFO = 320;

    private static final int PAGE = 4096;
    private static final int ETHERNET_HEADER = 14;
    /** The longest metadata: {@code meta_len} of {@code struct skb_shared_info} has 8 bits, and lengths are multiples of 4. */
    private static final int LONGEST_METADATA = 252;

    /** {@code bpf_xdp_pointer} takes no larger offset or length. */
    private static final int LARGEST_OFFSET = 0xffff;

    private long meta;
    private long frameLimit;

    /** A context with room for a packet. @param checked exposes exactly the packet to checked mode */
    public XdpContext(Sandbox sandbox, boolean checked) {
        super(sandbox, checked, SIZE, "context (struct xdp_md)");
    }

    @Override
    long frameStart() {
        return data;
    }

    @Override
    void reset(int length) {
        data = buffer.start();
        meta = data;
        end = data + length;
        int pages = (HEADROOM + length + SHARED_INFO + PAGE - 1) / PAGE;
        frameLimit = data - HEADROOM + (long) pages * PAGE - SHARED_INFO;
        sandbox.putInt(context + INGRESS_IFINDEX, 1);
        sandbox.putInt(context + RX_QUEUE_INDEX, 0);
        sandbox.putInt(context + EGRESS_IFINDEX, 0);
        changed();
    }

    private void changed() {
        sandbox.putInt(context + DATA, (int) data);
        sandbox.putInt(context + DATA_END, (int) end);
        sandbox.putInt(context + DATA_META, (int) meta);
        buffer.expose(meta, end);
    }

    /**
     * As {@code bpf_prog_test_run_xdp}: {@code data} bytes at the packet's start become metadata, {@code data_end} is the input's
     * length, {@code data_meta} 0.
     */
    @Override
    public void applyContext(Bytes structure) {
        if (structure.length() == 0) {
            return;
        }
        byte[] given = new byte[SIZE];
        System.arraycopy(structure.toArray(), 0, given, 0, Math.min(SIZE, structure.length()));
        int metadata = LittleEndian.getInt(given, DATA);
        boolean valid = LittleEndian.getInt(given, DATA_META) == 0
                && LittleEndian.getInt(given, DATA_END) == length()
                && metadata >= 0
                && metadata <= Math.min(LONGEST_METADATA, length())
                && metadata % 4 == 0;
        if (!valid) {
            throw new HostException(
                    Errno.EINVAL,
                    "an xdp_md whose data is not the length of metadata at the packet's start (a multiple of 4, up to "
                            + LONGEST_METADATA + "), data_end the length of metadata and packet, data_meta 0");
        }
        data += metadata;
        sandbox.putInt(context + INGRESS_IFINDEX, LittleEndian.getInt(given, INGRESS_IFINDEX));
        sandbox.putInt(context + RX_QUEUE_INDEX, LittleEndian.getInt(given, RX_QUEUE_INDEX));
        sandbox.putInt(context + EGRESS_IFINDEX, LittleEndian.getInt(given, EGRESS_IFINDEX));
        changed();
    }

    @Override
    public Bytes contextOut() {
        byte[] out = sandbox.toArray(context, SIZE);
        LittleEndian.putInt(out, DATA, (int) (data - meta));
        LittleEndian.putInt(out, DATA_END, (int) (end - meta));
        LittleEndian.putInt(out, DATA_META, 0);
        return Bytes.of(out);
    }

    @Override
    public Bytes dataOut() {
        return Bytes.of(sandbox.toArray(meta, (int) (end - meta)));
    }

    /** Length of the metadata before the packet. */
    public int metadataLength() {
        return (int) (data - meta);
    }

    /** {@code bpf_xdp_adjust_head}: moves the start by {@code delta} bytes; metadata moves along. */
    public long adjustHead(int delta) {
        long lowest = buffer.start() - HEADROOM + FRAME_HEADER + metadataLength();
        long start = data + delta;
        if (start < lowest || start > end - ETHERNET_HEADER) {
            return Errno.EINVAL.negated();
        }
        sandbox.copy(meta, meta + delta, metadataLength());
        meta += delta;
        data = start;
        changed();
        return 0;
    }

    /** {@code bpf_xdp_adjust_tail}: moves the end by {@code delta} bytes; new bytes are zero. */
    public long adjustTail(int delta) {
        long newEnd = end + delta;
        if (newEnd > frameLimit || newEnd < data + ETHERNET_HEADER) {
            return Errno.EINVAL.negated();
        }
        if (delta > 0) {
            sandbox.fill(end, delta, (byte) 0);
        }
        end = newEnd;
        changed();
        return 0;
    }

    /** {@code bpf_xdp_adjust_meta}: moves the start of the metadata by {@code delta} bytes. */
    public long adjustMeta(int delta) {
        long start = meta + delta;
        if (start < buffer.start() - HEADROOM + FRAME_HEADER || start > data) {
            return Errno.EINVAL.negated();
        }
        if ((data - start) % 4 != 0 || data - start > LONGEST_METADATA) {
            return Errno.EACCES.negated();
        }
        meta = start;
        changed();
        return 0;
    }

    /** {@code bpf_xdp_load_bytes}: copies from the packet to {@code to}. */
    public long loadBytes(long offset, long to, long length) {
        long error = range(offset, length);
        if (error == 0) {
            sandbox.copy(data + offset, to, length);
        }
        return error;
    }

    /** {@code bpf_xdp_store_bytes}: copies from {@code from} into the packet. */
    public long storeBytes(long offset, long from, long length) {
        long error = range(offset, length);
        if (error == 0) {
            sandbox.copy(from, data + offset, length);
        }
        return error;
    }

    private long range(long offset, long length) {
        if (offset < 0 || length < 0 || offset > LARGEST_OFFSET || length > LARGEST_OFFSET) {
            return Errno.EFAULT.negated();
        }
        return offset + length > length() ? Errno.EINVAL.negated() : 0;
    }
}

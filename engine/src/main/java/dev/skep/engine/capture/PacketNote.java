package dev.skep.engine.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a pcapng file says about a packet besides its bytes: a comment, the direction, and the verdict a BPF program gave.
 * Immutable; made once and used for many packets.
 */
public final class PacketNote {
    /** Nothing. */
    public static final PacketNote NONE = new PacketNote("", Direction.UNKNOWN, Optional.empty());

    private static final int MAX_COMMENT_LENGTH = 16_384;

    private final String comment;
    private final Direction direction;
    private final Optional<Verdict> verdict;
    private final byte[] encoded;

    private PacketNote(String comment, Direction direction, Optional<Verdict> verdict) {
        this.comment = comment;
        this.direction = direction;
        this.verdict = verdict;
        this.encoded = encode();
    }

    /** Which way the packet went: bits 0 and 1 of {@code epb_flags}. */
    public enum Direction {
        /** Not known, and not written. */
        UNKNOWN,
        INBOUND,
        OUTBOUND
    }

    /** Who gave a verdict: the first byte of {@code epb_verdict}. */
    public enum VerdictKind {
        /** {@code TC_ACT_*}. */
        TC(1),
        /** {@code enum xdp_action}. */
        XDP(2);

        private final int number;

        VerdictKind(int number) {
            this.number = number;
        }
    }

    private record Verdict(VerdictKind kind, long value) {}

    /**
     * A comment, shown by Wireshark and by {@code tshark -T fields -e frame.comment}. At most 16,384 bytes of UTF-8 are
     * kept.
     */
    public static PacketNote comment(String text) {
        return new PacketNote(text, Direction.UNKNOWN, Optional.empty());
    }

    /** The same note with a direction. */
    public PacketNote direction(Direction which) {
        return new PacketNote(comment, which, verdict);
    }

    /**
     * The same note with a verdict, in the form Wireshark shows as {@code frame.verdict}.
     *
     * @param value as the program returned it
     */
    public PacketNote verdict(VerdictKind kind, long value) {
        return new PacketNote(comment, direction, Optional.of(new Verdict(kind, value)));
    }

    /** The text given to {@link #comment(String)}, or "". */
    public String text() {
        return comment;
    }

    /** The options as they stand in the file, little-endian and padded, the end marker included; empty for {@link #NONE}. */
    byte[] encoded() {
        return encoded;
    }

    private byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!comment.isEmpty()) {
            byte[] text = comment.getBytes(StandardCharsets.UTF_8);
            PcapngWriter.option(out, PcapngFormat.OPT_COMMENT, text, Math.min(text.length, MAX_COMMENT_LENGTH));
        }
        if (direction != Direction.UNKNOWN) {
            byte[] flags = {(byte) direction.ordinal(), 0, 0, 0};
            PcapngWriter.option(out, PcapngFormat.EPB_FLAGS, flags, flags.length);
        }
        verdict.ifPresent(given -> {
            byte[] value = new byte[9];
            value[0] = (byte) given.kind.number;
            for (int i = 0; i < 8; i++) {
                value[1 + i] = (byte) (given.value >>> (8 * i));
            }
            PcapngWriter.option(out, PcapngFormat.EPB_VERDICT, value, value.length);
        });
        if (out.size() > 0) {
            PcapngWriter.option(out, PcapngFormat.OPT_END, new byte[0], 0);
        }
        return out.toByteArray();
    }
}

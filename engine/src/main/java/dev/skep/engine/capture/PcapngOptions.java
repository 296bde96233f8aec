package dev.skep.engine.capture;

import java.nio.charset.StandardCharsets;

/** Walks the options at the end of a pcapng block (section 3.5): 16-bit code, 16-bit length, the value padded to 4 bytes. */
final class PcapngOptions {
    private final byte[] buffer;
    private final int first;
    private final int end;
    private final boolean bigEndian;
    private int at;
    private int code;
    private int valueStart;
    private int length;
    private boolean malformed;

    /** The options in {@code buffer} from {@code start} to before {@code end}. */
    PcapngOptions(byte[] buffer, int start, int end, boolean bigEndian) {
        this.buffer = buffer;
        this.first = start;
        this.at = start;
        this.end = end;
        this.bigEndian = bigEndian;
    }

    /** Moves to the next option; false at the end, or where an option does not fit ({@link #malformed}). */
    boolean next() {
        if (malformed || end - at < 4) {
            return false;
        }
        code = uint16(at);
        length = uint16(at + 2);
        if (code == PcapngFormat.OPT_END) {
            return false;
        }
        if (length > end - at - 4) {
            malformed = true;
            return false;
        }
        valueStart = at + 4;
        at = Math.min(end, valueStart + PcapngFormat.padded(length));
        return true;
    }

    boolean malformed() {
        return malformed;
    }

    /** Where the option that does not fit starts, from the first option on. */
    int badOffset() {
        return at - first;
    }

    int code() {
        return code;
    }

    /** Bytes of the current option's value. */
    int length() {
        return length;
    }

    int uint8() {
        return buffer[valueStart] & 0xff;
    }

    long int64() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (buffer[valueStart + (bigEndian ? i : 7 - i)] & 0xff);
        }
        return value;
    }

    /** The value as UTF-8 text of at most {@code limit} bytes; some writers end it with a zero byte. */
    String text(int limit) {
        int kept = Math.min(length, limit);
        while (kept > 0 && buffer[valueStart + kept - 1] == 0) {
            kept--;
        }
        return new String(buffer, valueStart, kept, StandardCharsets.UTF_8);
    }

    private int uint16(int index) {
        int a = buffer[index] & 0xff;
        int b = buffer[index + 1] & 0xff;
        return bigEndian ? (a << 8) | b : (b << 8) | a;
    }
}

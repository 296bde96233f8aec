package dev.skep.engine.helper;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Formats as {@code bpf_snprintf} and {@code bpf_trace_printk} do: the kernel's {@code bpf_bprintf_prepare} decides what is allowed,
 * {@code vsnprintf} how it looks. Holds the text it made last.
 */
final class FormatText {
    /** {@code MAX_BPRINTF_BUF}: longer output is cut. */
    private static final int LIMIT = 1024;

    private final byte[] out = new byte[LIMIT];
    private final byte[] digits = new byte[24];
    private final Layout layout = new Layout();
    private int length;

    /** Number of bytes produced by the last {@link #format}. */
    int length() {
        return length;
    }

    /** The bytes produced by the last {@link #format}; only the first {@link #length()} count. */
    byte[] bytes() {
        return out;
    }

    /**
     * Formats into the internal buffer.
     *
     * @param format address of the format, NUL-terminated or {@code formatSize} long
     * @param arguments gives the value number n, from 0
     * @return 0, or -EINVAL for a conversion the kernel does not allow, text that is not ASCII, or too few arguments
     */
    int format(Sandbox memory, long format, long formatSize, IntToLongFunction arguments, int argumentCount) {
        length = 0;
        int used = 0;
        long end = format + formatSize;
        long at = format;
        while (at < end) {
            byte c = memory.getByte(at++);
            if (c == 0) {
                break;
            }
            if (c < 0) {
                return Errno.EINVAL.negated();
            }
            if (c != '%') {
                append(c);
                continue;
            }
            if (peek(memory, at, end) == '%') {
                append(c);
                at++;
                continue;
            }
            if (used >= argumentCount) {
                return Errno.EINVAL.negated();
            }
            int consumed = conversion(memory, at, end, arguments.applyAsLong(used++));
            if (consumed < 0) {
                return consumed;
            }
            at += consumed;
        }
        return 0;
    }

    /** Formats one argument. @return the length of the conversion after the percent sign, or -EINVAL */
    private int conversion(Sandbox memory, long start, long end, long value) {
        long at = start;
        layout.reset();
        for (byte c = peek(memory, at, end); "-+ 0".indexOf(c) >= 0 && c != 0; c = peek(memory, ++at, end)) {
            layout.flag(c);
        }
        for (byte c = peek(memory, at, end); c >= '0' && c <= '9'; c = peek(memory, ++at, end)) {
            layout.width = Math.min(LIMIT, layout.width * 10 + (c - '0'));
        }
        int longs = 0;
        while (longs < 2 && peek(memory, at, end) == 'l') {
            longs++;
            at++;
        }
        byte conversion = peek(memory, at++, end);
        int mark = length;
        switch (conversion) {
            case 'd', 'i' -> signed(longs == 0 ? (int) value : value);
            case 'u' -> unsigned(longs == 0 ? value & 0xffff_ffffL : value, 10, false);
            case 'x' -> unsigned(longs == 0 ? value & 0xffff_ffffL : value, 16, false);
            case 'X' -> unsigned(longs == 0 ? value & 0xffff_ffffL : value, 16, true);
            case 'c' -> {
                append((byte) value);
                justify(mark);
            }
            case 's' -> string(memory, value);
            case 'p' -> {
                int more = pointer(memory, at, end, value);
                if (more < 0) {
                    return more;
                }
                at += more;
            }
            default -> {
                return Errno.EINVAL.negated();
            }
        }
        boolean misplacedLong = longs > 0 && "diuxX".indexOf(conversion) < 0;
        boolean runsOn = (conversion == 's' || conversion == 'p') && Character.isLetterOrDigit(peek(memory, at, end));
        return misplacedLong || runsOn ? Errno.EINVAL.negated() : (int) (at - start);
    }

    private void string(Sandbox memory, long address) {
        int mark = length;
        for (long at = address; length < LIMIT && LiveMemory.holds(memory, at, 1, false); at++) {
            byte c = memory.getByte(at);
            if (c == 0) {
                break;
            }
            append(c);
        }
        justify(mark);
    }

    /** {@code %p} and its kernel extensions. @return how many more characters belong to the conversion, or -EINVAL */
    private int pointer(Sandbox memory, long at, long end, long value) {
        byte next = peek(memory, at, end);
        byte after = peek(memory, at + 1, end);
        if ((next == 'k' || next == 'u') && after == 's') {
            string(memory, value);
            return 2;
        }
        if ((next == 'i' || next == 'I') && (after == '4' || after == '6')) {
            int mark = length;
            address(memory, value, after == '4', next == 'I');
            justify(mark);
            return 2;
        }
        int mark = length;
        if (next == 'x' || next == 'K' || next == 'B' || next == 's' || next == 'S') {
            // There are no kernel symbols here: like the kernel without kallsyms, print the number.
            boolean symbol = next == 'B' || next == 's' || next == 'S';
            if (symbol) {
                append((byte) '0');
                append((byte) 'x');
            }
            number(value, 16, false, 1);
            justify(mark);
            return 1;
        }
        if (Character.isLetterOrDigit(next)) {
            return Errno.EINVAL.negated();
        }
        number(value, 16, false, 16);
        justify(mark);
        return 0;
    }

    /** {@code %pI4} dots the bytes, {@code %pi4} with leading zeros; {@code %pI6} has colons, {@code %pi6} none. */
    private void address(Sandbox memory, long address, boolean four, boolean separated) {
        if (four) {
            for (int i = 0; i < 4; i++) {
                if (i > 0) {
                    append((byte) '.');
                }
                number(memory.getByte(address + i) & 0xff, 10, false, separated ? 1 : 3);
            }
            return;
        }
        for (int i = 0; i < 16; i += 2) {
            if (i > 0 && separated) {
                append((byte) ':');
            }
            number((memory.getByte(address + i) & 0xff) << 8 | (memory.getByte(address + i + 1) & 0xff), 16, false, 4);
        }
    }

    private void signed(long value) {
        int mark = length;
        if (value < 0) {
            append((byte) '-');
        } else if (layout.plus) {
            append((byte) '+');
        } else if (layout.space) {
            append((byte) ' ');
        }
        int sign = length;
        // Long.MIN_VALUE negates to itself, which is its magnitude when read as unsigned.
        number(value < 0 ? -value : value, 10, false, 1);
        justifyNumber(mark, sign);
    }

    private void unsigned(long value, int base, boolean upper) {
        int mark = length;
        number(value, base, upper, 1);
        justifyNumber(mark, mark);
    }

    private void number(long value, int base, boolean upper, int minimumDigits) {
        int count = 0;
        long rest = value;
        while (rest != 0 || count < minimumDigits) {
            int digit = (int) Long.remainderUnsigned(rest, base);
            rest = Long.divideUnsigned(rest, base);
            digits[count++] = (byte) (digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
        }
        while (count > 0) {
            append(digits[--count]);
        }
    }

    private void justifyNumber(int mark, int sign) {
        if (layout.zero && !layout.left) {
            insert(sign, layout.width - (length - mark), (byte) '0');
        } else {
            justify(mark);
        }
    }

    private void justify(int mark) {
        int missing = layout.width - (length - mark);
        if (layout.left) {
            for (int i = 0; i < missing; i++) {
                append((byte) ' ');
            }
        } else {
            insert(mark, missing, (byte) ' ');
        }
    }

    private void insert(int mark, int count, byte c) {
        int room = Math.min(count, LIMIT - length);
        if (room > 0) {
            System.arraycopy(out, mark, out, mark + room, length - mark);
            Arrays.fill(out, mark, mark + room, c);
            length += room;
        }
    }

    private void append(byte c) {
        if (length < LIMIT) {
            out[length++] = c;
        }
    }

    private static byte peek(Sandbox memory, long at, long end) {
        return at < end ? memory.getByte(at) : 0;
    }

    /** Flags and width of one conversion. */
    private static final class Layout {
        boolean left;
        boolean plus;
        boolean space;
        boolean zero;
        int width;

        void reset() {
            left = false;
            plus = false;
            space = false;
            zero = false;
            width = 0;
        }

        void flag(byte c) {
            switch (c) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                default -> zero = true;
            }
        }
    }
}

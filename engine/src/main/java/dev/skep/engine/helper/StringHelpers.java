package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/** {@code bpf_strtol}, {@code bpf_strtoul} and {@code bpf_strncmp}, with the rules of the kernel's {@code kernel/bpf/helpers.c}. */
final class StringHelpers {
    /** The base lives in the low five bits of the flags; only these values are accepted ({@code BPF_STRTOX_BASE_MASK}). */
    private static final long BASE_MASK = 0x1f;

    private StringHelpers() {}

    static long strncmp(Execution run, long s1, long s1Size, long s2, long r4, long r5) {
        Sandbox memory = run.sandbox();
        for (long i = 0; i < (s1Size & 0xffff_ffffL); i++) {
            int a = memory.getByte(s1 + i) & 0xff;
            int b = memory.getByte(s2 + i) & 0xff;
            if (a != b) {
                return a < b ? -1 : 1; // lib/string.c
            }
            if (a == 0) {
                return 0;
            }
        }
        return 0;
    }

    static long strtol(Execution run, long buffer, long length, long flags, long result, long r5) {
        return parse(run.sandbox(), buffer, length, flags, result, true);
    }

    static long strtoul(Execution run, long buffer, long length, long flags, long result, long r5) {
        return parse(run.sandbox(), buffer, length, flags, result, false);
    }

    /** @return the number of characters consumed, -EINVAL or -ERANGE */
    private static long parse(Sandbox memory, long buffer, long length, long flags, long result, boolean signed) {
        int base = (int) (flags & BASE_MASK);
        if ((flags & ~BASE_MASK) != 0 || (base != 0 && base != 8 && base != 10 && base != 16) || length == 0) {
            return Errno.EINVAL.negated();
        }
        long end = buffer + length;
        long at = buffer;
        while (at < end && isSpace(memory.getByte(at))) {
            at++;
        }
        boolean negative = at < end && memory.getByte(at) == '-';
        if (negative) {
            if (!signed) {
                return Errno.EINVAL.negated();
            }
            at++;
        }
        if (at >= end) {
            return Errno.EINVAL.negated();
        }
        if (base == 0) {
            base = detectBase(memory, at, end);
        }
        if (base == 16 && hasHexPrefix(memory, at, end)) {
            at += 2;
        }
        long digits = at;
        long value = 0;
        boolean overflow = false;
        while (at < end) {
            int digit = Character.digit(memory.getByte(at), base);
            if (digit < 0) {
                break;
            }
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0;
            value = value * base + digit;
            at++;
        }
        if (at == digits) {
            return Errno.EINVAL.negated();
        }
        if (overflow || (signed && outOfSignedRange(value, negative))) {
            return Errno.ERANGE.negated();
        }
        memory.putLong(result, negative ? -value : value);
        return at - buffer;
    }

    private static boolean outOfSignedRange(long magnitude, boolean negative) {
        return magnitude < 0 && !(negative && magnitude == Long.MIN_VALUE);
    }

    private static int detectBase(Sandbox memory, long at, long end) {
        if (memory.getByte(at) != '0') {
            return 10;
        }
        return hasHexPrefix(memory, at, end) ? 16 : 8;
    }

    private static boolean hasHexPrefix(Sandbox memory, long at, long end) {
        return at + 2 < end
                && memory.getByte(at) == '0'
                && (memory.getByte(at + 1) | 0x20) == 'x'
                && Character.digit(memory.getByte(at + 2), 16) >= 0;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}

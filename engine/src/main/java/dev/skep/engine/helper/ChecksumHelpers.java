package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/**
 * One's complement arithmetic of RFC 1071 as the kernel's helpers do it ({@code net/core/filter.c}). Sums are over 16-bit
 * words as they lie in memory; since the sum is indifferent to byte order, little-endian words serve.
 */
final class ChecksumHelpers {
    private ChecksumHelpers() {}

    /**
     * {@code bpf_csum_diff}: {@code seed - sum(from) + sum(to)}, as a 32-bit partial checksum; folded to 16 bits since 6.13, which
     * leaves every use through {@code csum_fold} the same.
     */
    static long diff(Execution run, long from, long fromSize, long to, long toSize, long seed) {
        int fromLength = (int) fromSize;
        int toLength = (int) toSize;
        if (((fromLength | toLength) & 3) != 0 || fromLength < 0 || toLength < 0) {
            return Errno.EINVAL.negated();
        }
        Sandbox memory = run.sandbox();
        long sum = seed & 0xffff_ffffL;
        for (int i = 0; i < fromLength; i += 4) {
            sum += ~memory.getInt(from + i) & 0xffff_ffffL;
        }
        for (int i = 0; i < toLength; i += 4) {
            sum += memory.getInt(to + i) & 0xffff_ffffL;
        }
        return fold16(sum);
    }

    /** Adds the carries until 16 bits are left. */
    static int fold16(long sum) {
        long s = sum;
        while ((s >>> 16) != 0) {
            s = (s & 0xffff) + (s >>> 16);
        }
        return (int) s;
    }

    /** Replaces the 16-bit word {@code from} by {@code to} in a finished checksum: RFC 1624, equation 3. */
    static int replace16(int checksum, int from, int to) {
        return ~fold16((~checksum & 0xffffL) + (~from & 0xffffL) + (to & 0xffffL)) & 0xffff;
    }

    /** Adds a 32-bit partial sum to a finished checksum. */
    static int addDifference(int checksum, long difference) {
        return ~fold16((~checksum & 0xffffL) + (difference & 0xffff_ffffL)) & 0xffff;
    }

    /** Replaces the 32-bit word {@code from} by {@code to}. */
    static int replace32(int checksum, int from, int to) {
        return ~fold16((~checksum & 0xffffL) + (~from & 0xffff_ffffL) + (to & 0xffff_ffffL)) & 0xffff;
    }
}

package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/**
 * Helpers that look at or change the packet ({@code net/core/filter.c}). The context in r1 is the one the run was started with;
 * the register itself is not looked at.
 */
final class PacketHelpers {
    // bpf_l3_csum_replace and bpf_l4_csum_replace flags, linux/bpf.h.
    private static final long FIELD_SIZE = 0xf;
    private static final long PSEUDO_HEADER = 1L << 4;
    private static final long MARK_MANGLED_ZERO = 1L << 5;
    private static final long MARK_ENFORCE = 1L << 6;
    private static final long IPV6 = 1L << 7;
    private static final int LARGEST_OFFSET = 0xffff;

    private PacketHelpers() {}

    static long xdpAdjustHead(Execution run, long r1, long delta, long r3, long r4, long r5) {
        return run.xdp().adjustHead((int) delta);
    }

    static long xdpAdjustTail(Execution run, long r1, long delta, long r3, long r4, long r5) {
        return run.xdp().adjustTail((int) delta);
    }

    static long xdpAdjustMeta(Execution run, long r1, long delta, long r3, long r4, long r5) {
        return run.xdp().adjustMeta((int) delta);
    }

    static long xdpLength(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.xdp().length();
    }

    static long xdpLoadBytes(Execution run, long r1, long offset, long to, long length, long r5) {
        return run.xdp().loadBytes(offset & 0xffff_ffffL, to, length & 0xffff_ffffL);
    }

    static long xdpStoreBytes(Execution run, long r1, long offset, long from, long length, long r5) {
        return run.xdp().storeBytes(offset & 0xffff_ffffL, from, length & 0xffff_ffffL);
    }

    static long loadBytes(Execution run, long r1, long offset, long to, long length, long r5) {
        return run.socketBuffer().loadBytes(offset & 0xffff_ffffL, to, length & 0xffff_ffffL);
    }

    static long loadBytesRelative(Execution run, long r1, long offset, long to, long length, long start) {
        return run.socketBuffer().loadBytesRelative(offset & 0xffff_ffffL, to, length & 0xffff_ffffL, start);
    }

    static long storeBytes(Execution run, long r1, long offset, long from, long length, long flags) {
        return run.socketBuffer().storeBytes(offset & 0xffff_ffffL, from, length & 0xffff_ffffL, flags);
    }

    static long pullData(Execution run, long r1, long length, long r3, long r4, long r5) {
        return run.socketBuffer().pullData(length);
    }

    static long changeType(Execution run, long r1, long type, long r3, long r4, long r5) {
        return run.socketBuffer().changeType(type & 0xffff_ffffL);
    }

    static long changeHead(Execution run, long r1, long room, long flags, long r4, long r5) {
        return run.socketBuffer().changeHead(room, flags);
    }

    static long changeTail(Execution run, long r1, long length, long flags, long r4, long r5) {
        return run.socketBuffer().changeTail(length, flags);
    }

    static long adjustRoom(Execution run, long r1, long difference, long mode, long flags, long r5) {
        return run.socketBuffer().adjustRoom(difference, mode, flags);
    }

    static long changeProtocol(Execution run, long r1, long protocol, long flags, long r4, long r5) {
        return run.socketBuffer().changeProtocol(protocol, flags);
    }

    static long vlanPush(Execution run, long r1, long protocol, long tci, long r4, long r5) {
        return run.socketBuffer().vlanPush(protocol, tci);
    }

    static long vlanPop(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.socketBuffer().vlanPop();
    }

    static long checksumUpdate(Execution run, long r1, long sum, long r3, long r4, long r5) {
        return run.socketBuffer().checksumUpdate(sum);
    }

    static long checksumLevel(Execution run, long r1, long operation, long r3, long r4, long r5) {
        return run.socketBuffer().checksumLevel(operation);
    }

    static long hash(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.socketBuffer().hash() & 0xffff_ffffL;
    }

    static long setHash(Execution run, long r1, long hash, long r3, long r4, long r5) {
        run.socketBuffer().setHash((int) hash);
        return 0;
    }

    static long clearHash(Execution run, long r1, long r2, long r3, long r4, long r5) {
        run.socketBuffer().clearHash();
        return 0;
    }

    /** Replaces a field in the IP header's checksum at {@code offset}. */
    static long l3ChecksumReplace(Execution run, long r1, long offset, long from, long to, long flags) {
        SocketBufferContext packet = run.socketBuffer();
        if ((flags & ~FIELD_SIZE) != 0) {
            return Errno.EINVAL.negated();
        }
        if (!holdsChecksum(packet, offset)) {
            return Errno.EFAULT.negated();
        }
        return replaceField(run.sandbox(), packet.data() + offset, from, to, (int) (flags & FIELD_SIZE));
    }

    /**
     * Replaces a field in a TCP, UDP or ICMP checksum at {@code offset}. Packets here never carry a partial checksum from a
     * card, so whether the field belongs to the pseudo header makes no difference.
     */
    static long l4ChecksumReplace(Execution run, long r1, long offset, long from, long to, long flags) {
        SocketBufferContext packet = run.socketBuffer();
        if ((flags & ~(FIELD_SIZE | PSEUDO_HEADER | MARK_MANGLED_ZERO | MARK_ENFORCE | IPV6)) != 0) {
            return Errno.EINVAL.negated();
        }
        if (!holdsChecksum(packet, offset)) {
            return Errno.EFAULT.negated();
        }
        Sandbox memory = run.sandbox();
        long address = packet.data() + offset;
        boolean zeroMeansNone = (flags & MARK_MANGLED_ZERO) != 0;
        if (zeroMeansNone && (flags & MARK_ENFORCE) == 0 && memory.getShort(address) == 0) {
            return 0;
        }
        long error = replaceField(memory, address, from, to, (int) (flags & FIELD_SIZE));
        if (error == 0 && zeroMeansNone && memory.getShort(address) == 0) {
            memory.putShort(address, (short) 0xffff);
        }
        return error;
    }

    private static boolean holdsChecksum(SocketBufferContext packet, long offset) {
        return offset >= 0 && offset <= LARGEST_OFFSET && (offset & 1) == 0 && offset + 2 <= packet.length();
    }

    /** @param size of the field in bytes: 2, 4, or 0 if {@code to} is a difference from {@code bpf_csum_diff} */
    private static long replaceField(Sandbox memory, long address, long from, long to, int size) {
        int checksum = memory.getShort(address) & 0xffff;
        int replaced;
        switch (size) {
            case 0 -> {
                if (from != 0) {
                    return Errno.EINVAL.negated();
                }
                replaced = ChecksumHelpers.addDifference(checksum, to);
            }
            case 2 -> replaced = ChecksumHelpers.replace16(checksum, (int) from, (int) to);
            case 4 -> replaced = ChecksumHelpers.replace32(checksum, (int) from, (int) to);
            default -> {
                return Errno.EINVAL.negated();
            }
        }
        memory.putShort(address, (short) replaced);
        return 0;
    }
}

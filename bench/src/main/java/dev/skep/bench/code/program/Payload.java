package dev.skep.bench.code.program;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;

/** The first 64 bytes of a packet, eight of which give a program its number. */
final class Payload extends Struct {
    @Length(48)
    byte[] headers;

    long number;
    long rest;

    /** The program's number from its input. */
    static long seed(XdpContext context) {
        Payload payload = context.packet(0, Payload.class);
        return payload == null ? 1 : payload.number | 1;
    }

    /** Marsaglia's xorshift. */
    static long random(long x) {
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        return x;
    }
}

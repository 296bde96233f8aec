package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of a DNS message: 12 bytes (RFC 1035). */
@KernelName("skep_dns")
public final class Dns extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 12;

    /** The port of UDP and TCP that servers are at. */
    public static final int PORT = 53;

    /** Flag: an answer. */
    public static final int RESPONSE = 0x8000;

    /** Number that a question and its answer share. */
    @BigEndian
    @Unsigned
    public short identification;

    /** Flags; the result in the lower 4 bits. */
    @BigEndian
    @Unsigned
    public short flags;

    /** How many questions follow. */
    @BigEndian
    @Unsigned
    public short questions;

    /** How many answers follow these. */
    @BigEndian
    @Unsigned
    public short answers;

    /** How many records follow that name servers. */
    @BigEndian
    @Unsigned
    public short authorities;

    /** How many other records follow. */
    @BigEndian
    @Unsigned
    public short additional;

    /** True for an answer. */
    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    /** The result of an answer: 0 for none, 3 if there is no such name. */
    public int resultCode() {
        return flags & 0xf;
    }
}

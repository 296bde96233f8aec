package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.Struct;
import org.jspecify.annotations.Nullable;

/** What programs are called with that see a packet: methods with a parameter of this class work for all of them. */
public abstract class PacketContext extends Context {
    /** For contexts of Skep's. */
    PacketContext() {}

    /**
     * A part of the packet; {@code null} unless the packet has all of its bytes.
     *
     * @param offset in bytes from the packet's start; any number, those beyond 65535 give {@code null}
     * @param type a struct that fits the protocol: a class literal
     */
    public abstract <T extends Struct> @Nullable T packet(int offset, Class<T> type);

    /** The number of bytes of the packet that {@link #packet} can reach. */
    public abstract int length();
}

package dev.skep.engine.context;

import dev.skep.engine.memory.Region;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/**
 * Room in the sandbox for one packet at a time, with free space before and behind it to grow into. In checked mode the
 * packet's valid part is the only live region in it.
 */
final class PacketBuffer {
    /** Free bytes before a packet that has just been placed. */
    static final int HEADROOM = 16_384;
    /** The longest packet taken: 256 KiB, the largest snapshot length capture tools use. */
    static final int LONGEST = 262_144;
    /** The space behind the longest packet. */
    private static final int TAILROOM = 16_384;

    private final Sandbox sandbox;
    private final boolean checked;
    private final long address;
    private long exposed = -1;

    PacketBuffer(Sandbox sandbox, boolean checked) {
        this.sandbox = sandbox;
        this.checked = checked;
        address = sandbox.allocate(HEADROOM + LONGEST + TAILROOM, true, "packet buffer");
        sandbox.hide(address);
    }

    /** Where packets are placed. */
    long start() {
        return address + HEADROOM;
    }

    /** The lowest address of the buffer. */
    long lowest() {
        return address;
    }

    /** The first address behind the buffer. */
    long limit() {
        return address + HEADROOM + LONGEST + TAILROOM;
    }

    /** Copies a packet to {@link #start()}. {@link HostException} E2BIG if it is longer than {@link #LONGEST}. */
    void place(byte[] packet, int offset, int length) {
        if (length > LONGEST) {
            throw new HostException(Errno.E2BIG, "a packet of " + length + " bytes; the engine takes up to " + LONGEST);
        }
        sandbox.write(packet, offset, start(), length);
    }

    /** The valid part is now {@code from .. to-1}. */
    void expose(long from, long to) {
        if (checked) {
            hide();
            sandbox.expose(Region.of(from, to - from, true, "packet"));
            exposed = from;
        }
    }

    private void hide() {
        if (exposed != -1) {
            sandbox.hide(exposed);
            exposed = -1;
        }
    }

    void release() {
        sandbox.release(address);
    }
}

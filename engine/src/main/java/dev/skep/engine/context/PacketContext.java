package dev.skep.engine.context;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.program.ProgramType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packet a program runs on and the context structure it sees it through. Both lie in the sandbox; the structure's
 * {@code data} and {@code data_end} hold real addresses, and every operation here keeps them true. Belongs to one logical
 * CPU and is used for one packet after the other. Operations return what the kernel's helpers return: 0 or a negated errno.
 */
public abstract sealed class PacketContext permits XdpContext, SocketBufferContext {
    final Sandbox sandbox;
    final PacketBuffer buffer;
    final long context;
    /** The packet: {@code data .. end-1}. */
    long data;

    long end;
    private @Nullable Redirect redirect;

    PacketContext(Sandbox sandbox, boolean checked, int contextSize, String contextLabel) {
        this.sandbox = sandbox;
        buffer = new PacketBuffer(sandbox, checked);
        context = sandbox.allocate(contextSize, false, contextLabel);
    }

    /**
     * A context for programs of a type, if they look at packets.
     *
     * @param checked exposes exactly the packet, and the fields the program may write, to checked mode
     */
    public static Optional<PacketContext> of(ProgramType type, Sandbox sandbox, boolean checked) {
        if (type == ProgramType.XDP) {
            return Optional.of(new XdpContext(sandbox, checked));
        }
        return SocketBufferContext.isGivenTo(type)
                ? Optional.of(new SocketBufferContext(sandbox, checked, type))
                : Optional.empty();
    }

    /** Address of the context structure: what the program gets in r1. */
    public final long contextAddress() {
        return context;
    }

    /** Address of the packet's first byte. */
    public final long data() {
        return data;
    }

    /** The first address behind the packet. */
    public final long dataEnd() {
        return end;
    }

    /** The packet's length in bytes, from {@link #data()} on. */
    public final int length() {
        return (int) (end - data);
    }

    /** Where the frame starts; before {@link #data()} for program types that see packets from the network header on. */
    abstract long frameStart();

    /**
     * Starts over with a new packet, an Ethernet frame, and a context structure with default values.
     *
     * @throws dev.skep.object.host.HostException E2BIG if it is longer than 262,144 bytes
     */
    public final void load(byte[] frame, int offset, int length) {
        buffer.place(frame, offset, length);
        redirect = null;
        reset(length);
    }

    abstract void reset(int length);

    /**
     * Takes values from a user's context structure, as {@code BPF_PROG_TEST_RUN} does. Comes after {@link #load}.
     *
     * @param structure the start of the context structure; missing bytes leave the defaults
     * @throws dev.skep.object.host.HostException EINVAL for values that fit no packet
     */
    public abstract void applyContext(Bytes structure);

    /** The context structure as the program left it, with what are addresses for the program as offsets or 0. */
    public abstract Bytes contextOut();

    /** The packet as the program left it; for XDP with the metadata before it, for a flow dissector its flow keys. */
    public Bytes dataOut() {
        return Bytes.of(sandbox.toArray(data, length()));
    }

    /** The length of the whole frame as it would go out. */
    public int frameLength() {
        return (int) (end - frameStart());
    }

    /** Copies the whole frame, as it would go out, to {@code to}: {@link #frameLength} bytes. */
    public void copyFrame(byte[] to, int offset) {
        sandbox.read(frameStart(), to, offset, frameLength());
    }

    /** Where the program asked the packet to go. */
    public final Optional<Redirect> redirect() {
        return Optional.ofNullable(redirect);
    }

    /** Notes where the program wants the packet to go. */
    public final void redirectTo(Redirect target) {
        redirect = target;
    }

    /** Gives the sandbox its memory back. */
    public void close() {
        buffer.release();
        sandbox.release(context);
    }
}

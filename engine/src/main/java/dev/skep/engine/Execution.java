package dev.skep.engine;

import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.context.XdpContext;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.program.ProgramSpec;
import java.util.OptionalLong;

/**
 * One logical CPU that runs programs, one at a time: its stack, its number, what it runs now. Helpers get it as their first
 * argument. Reused from run to run; not thread-safe.
 *
 * <p>What traps ends the run with a {@link TrapException} that names the running instruction.
 */
public abstract class Execution {
    /** The memory programs see. */
    public abstract Sandbox sandbox();

    /** The logical CPU's number, from 0. */
    public abstract int cpu();

    /** Clock, trace log, routes: what stands for the rest of the kernel. */
    public abstract Environment environment();

    /** The next number of this CPU's random sequence ({@code bpf_get_prandom_u32}). */
    public abstract int random();

    /** The map behind a {@code struct bpf_map *}. Traps if the handle is none. */
    public abstract EngineMap map(long handle);

    /** The packet the running program looks at. Traps if its type has none. */
    public abstract PacketContext packet();

    /** The packet of a running XDP program. Traps in any other. */
    public abstract XdpContext xdp();

    /** The packet of a running program of a type with {@code struct __sk_buff}. Traps in any other. */
    public abstract SocketBufferContext socketBuffer();

    /** The task the program runs in, as the caller set it. */
    public abstract TaskContext task();

    /** What the running program was loaded from; after a tail call, the program called. */
    public abstract ProgramSpec spec();

    /** True if the running program looks at a packet: {@link #packet()} does not trap. */
    public abstract boolean hasPacket();

    /** The ring buffer that the reserved record at this address belongs to. Traps if there is none. */
    public abstract RingBufferMap ringBuffer(long record);

    /** Address of 16 bytes of this CPU that helpers may use until they return or call back. */
    public abstract long scratch();

    /**
     * Calls a BPF function of the running program (a callback) with up to five arguments. What the program runs there counts
     * against its instruction budget.
     *
     * @param function what the program holds as the function's address ({@code BPF_PSEUDO_FUNC})
     * @return its r0
     */
    public abstract long callback(long function, long r1, long r2, long r3, long r4, long r5);

    /**
     * {@code bpf_tail_call}: runs the program at an index of a program array in the place of the running one, which has nothing left
     * to do but to return the result. Empty if there is none, or too many calls led here; then the running program goes on.
     *
     * @param map the program array as programs hold it
     * @param context what the called program gets
     */
    public abstract OptionalLong tailCall(long map, long index, long context);

    /**
     * Checked mode: traps unless the program may read {@code length} bytes at {@code address}. Helpers call it for memory a
     * program points them to; otherwise a no-op.
     */
    public abstract void checkRead(long address, long length);

    /** As {@link #checkRead}, for writing. */
    public abstract void checkWrite(long address, long length);

    /** Ends the run with an error that names the running instruction: {@code throw run.trap("...")}. Never returns. */
    public abstract RuntimeException trap(String problem);
}

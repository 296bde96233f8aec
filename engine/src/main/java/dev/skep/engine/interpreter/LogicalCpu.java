package dev.skep.engine.interpreter;

import dev.skep.engine.Environment;
import dev.skep.engine.Execution;
import dev.skep.engine.TrapException;
import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.context.XdpContext;
import dev.skep.engine.helper.Helper;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.Maps;
import dev.skep.engine.map.ProgramArrayMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ProgramSpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A logical CPU that interprets programs, one at a time. Not thread-safe: whoever runs a program owns it meanwhile. */
public final class LogicalCpu extends Execution {
    /** {@code MAX_TAIL_CALL_CNT} of include/linux/bpf.h. */
    private static final int TAIL_CALLS = 33;

    private static final int SCRATCH = 16;
    /** r0 to r10, rounded up so that any 4-bit number is an index. */
    private static final int REGISTERS = 16;

    final Sandbox sandbox;
    final CallStack stack;
    final CheckedMemory memory;
    /** Instructions the run may still execute; true while the interpreter's loop is left. */
    long remaining;

    private final int number;
    private final Maps maps;
    private final Environment environment;
    private final boolean checked;
    private final long budget;
    private final SplittableRandom random;
    private final long scratch;
    /** The registers of the run, and of each callback within callbacks. */
    private final long[][] registers = new long[CallStack.FRAMES][REGISTERS];

    private int nesting;
    private int tailCalls;
    private @Nullable Code code;
    private int slot;
    private @Nullable PacketContext packet;
    /** What a program without a packet was given: LD_ABS reads from there. */
    private long rawAddress;

    private long rawLength;
    private TaskContext task = TaskContext.IDLE;

    /**
     * A CPU that has not run anything.
     *
     * @param number from 0
     * @param checked whether helpers' memory arguments are judged, and the stack's frames are live only while in use
     * @param budget instructions a run may execute, at least 1
     * @param seed of {@link #random()}
     */
    public LogicalCpu(
            int number, Sandbox sandbox, Maps maps, Environment environment, boolean checked, long budget, long seed) {
        this.number = number;
        this.sandbox = sandbox;
        this.maps = maps;
        this.environment = environment;
        this.checked = checked;
        this.budget = budget;
        random = new SplittableRandom(seed);
        stack = new CallStack(sandbox, checked);
        memory = new CheckedMemory(sandbox);
        scratch = sandbox.allocate(SCRATCH, true, "scratch memory of helpers");
        sandbox.hide(scratch);
    }

    /** Whose work the next runs are. */
    public void runAs(TaskContext newTask) {
        task = newTask;
    }

    /**
     * Runs a program on a packet.
     *
     * @return r0
     * @throws TrapException if the program has to be ended
     */
    public long run(Code program, PacketContext on) {
        packet = on;
        rawLength = 0;
        return run(program, on.contextAddress(), 0);
    }

    /**
     * Runs a program that looks at no packet.
     *
     * @param r1 what it gets in r1
     * @param r2 what it gets in r2
     * @return r0
     * @throws TrapException if the program has to be ended
     */
    public long runRaw(Code program, long r1, long r2) {
        packet = null;
        rawAddress = r1;
        rawLength = r2;
        return run(program, r1, r2);
    }

    private long run(Code program, long r1, long r2) {
        code = program;
        slot = 0;
        stack.reset();
        nesting = 0;
        tailCalls = 0;
        remaining = budget;
        long[] r = registers[0];
        Arrays.fill(r, 0);
        r[1] = r1;
        r[2] = r2;
        r[10] = stack.top();
        maps.runStarts(number);
        try {
            return Interpreter.run(this, program, 0, r);
        } finally {
            maps.runEnds(number);
        }
    }

    /** The interpreter's loop is left for a helper: notes where it is. */
    void leaves(Code running, int nextSlot, long limit) {
        code = running;
        slot = nextSlot - 1;
        remaining = limit - nextSlot;
    }

    /** What {@code callx} calls if its register holds no function's address. */
    Helper helperAt(Code running, long address) {
        boolean number = address > 0 && address < Sandbox.FIRST;
        if (number) {
            return running.helper((int) address)
                    .orElseThrow(() -> new Violation("calls helper " + address + " through a register; there is none"));
        }
        throw new Violation("calls 0x" + Long.toHexString(address)
                + ", which is no function of the program and no helper's number");
    }

    /** {@code bpf_tail_call}: the code to go on with; null if the call fails and the program goes on itself. */
    @Nullable
    Code tailCall(long mapHandle, long index) {
        if (!(map(mapHandle) instanceof ProgramArrayMap programs)) {
            throw new Violation("bpf_tail_call needs a BPF_MAP_TYPE_PROG_ARRAY, not " + map(mapHandle));
        }
        if (tailCalls >= TAIL_CALLS) {
            return null;
        }
        tailCalls++;
        return (Code) programs.target(index & 0xffff_ffffL);
    }

    /**
     * {@code LD_ABS} and {@code LD_IND}: loads from the packet, or from the memory of a program that looks at no packet.
     *
     * @return false if that is out of bounds, and the function has to exit with 0
     */
    boolean loadsPacket(int opcode, long word, long[] r) {
        boolean indirect = (opcode & 0xe0) == Opcode.BPF_IND;
        int size = AtomicOperations.size(opcode);
        int offset = (int) (word >> 32) + (indirect ? (int) r[(int) (word >>> 12) & 15] : 0);
        long address =
                packet == null ? rawAddress(offset, size) : socketBuffer().packetAddress(offset, size);
        if (address == 0) {
            r[0] = 0;
            return false;
        }
        r[0] = switch (size) {
            case 1 -> sandbox.getByte(address) & 0xffL;
            case 2 -> Short.reverseBytes(sandbox.getShort(address)) & 0xffffL;
            default -> Integer.reverseBytes(sandbox.getInt(address)) & 0xffff_ffffL;
        };
        return true;
    }

    private long rawAddress(int offset, int size) {
        return offset >= 0 && offset + (long) size <= rawLength ? rawAddress + offset : 0;
    }

    Violation exhausted() {
        return new Violation(Errno.ETIME, "ran " + budget + " instructions without ending");
    }

    /** What to throw for an exception that was thrown while the instruction at {@code at} ran. */
    RuntimeException explained(RuntimeException e, Code running, int at) {
        return switch (e) {
            case TrapException trap -> trap;
            case Violation violation ->
                new TrapException(violation.errno(), running.location(at), String.valueOf(violation.getMessage()));
            case HostException refusal ->
                new TrapException(refusal.errno(), running.location(at), String.valueOf(refusal.getMessage()));
            case IndexOutOfBoundsException outside ->
                new TrapException(
                        Errno.EFAULT,
                        running.location(at),
                        "a helper was given memory that leads out of the sandbox (" + outside.getMessage() + ")");
            default -> e;
        };
    }

    @Override
    public Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public int cpu() {
        return number;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public int random() {
        return random.nextInt();
    }

    @Override
    public EngineMap map(long handle) {
        EngineMap map = maps.find(handle);
        if (map == null) {
            throw new Violation("uses 0x" + Long.toHexString(handle) + " as a map, which it is not");
        }
        return map;
    }

    @Override
    public PacketContext packet() {
        if (packet == null) {
            throw new Violation("looks at a packet, which a program of type " + spec().type() + " does not have");
        }
        return packet;
    }

    @Override
    public boolean hasPacket() {
        return packet != null;
    }

    @Override
    public XdpContext xdp() {
        if (packet() instanceof XdpContext xdp) {
            return xdp;
        }
        throw new Violation("does what only XDP programs can; its type is " + spec().type());
    }

    @Override
    public SocketBufferContext socketBuffer() {
        if (packet() instanceof SocketBufferContext socketBuffer) {
            return socketBuffer;
        }
        throw new Violation("does what only programs with a __sk_buff can; its type is " + spec().type());
    }

    @Override
    public TaskContext task() {
        return task;
    }

    @Override
    public ProgramSpec spec() {
        return running().spec();
    }

    private Code running() {
        if (code == null) {
            throw new IllegalStateException("no program runs");
        }
        return code;
    }

    @Override
    public RingBufferMap ringBuffer(long record) {
        return maps.ringBufferOf(record)
                .orElseThrow(() -> new Violation(
                        "gives back 0x" + Long.toHexString(record) + ", which is no reserved ring buffer record"));
    }

    @Override
    public long scratch() {
        return scratch;
    }

    @Override
    public long callback(long function, long r1, long r2, long r3, long r4, long r5) {
        Code caller = running();
        int callerSlot = slot;
        int entry = caller.functionAt(function);
        if (entry < 0) {
            throw new Violation(
                    "has 0x" + Long.toHexString(function) + " called back, which is no function of the program");
        }
        if (remaining < 0) {
            throw exhausted();
        }
        stack.push();
        nesting++;
        long[] r = registers[nesting];
        Arrays.fill(r, 0);
        r[1] = r1;
        r[2] = r2;
        r[3] = r3;
        r[4] = r4;
        r[5] = r5;
        r[10] = stack.top();
        long result = Interpreter.run(this, caller, entry, r);
        nesting--;
        stack.pop();
        code = caller;
        slot = callerSlot;
        return result;
    }

    @Override
    public void checkRead(long address, long length) {
        if (checked) {
            memory.require(address, length, false);
        }
    }

    @Override
    public void checkWrite(long address, long length) {
        if (checked) {
            memory.require(address, length, true);
        }
    }

    @Override
    public RuntimeException trap(String problem) {
        return new TrapException(Errno.EFAULT, running().location(slot), problem);
    }

    /** Gives the sandbox its memory back. */
    public void close() {
        stack.release();
        sandbox.release(scratch);
    }
}

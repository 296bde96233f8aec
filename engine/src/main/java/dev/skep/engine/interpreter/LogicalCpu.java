package dev.skep.engine.interpreter;

import dev.skep.engine.Environment;
import dev.skep.engine.Execution;
import dev.skep.engine.RunObserver;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A logical CPU that runs programs, one at a time: interprets them, or calls their translations. Not thread-safe: whoever runs a program owns it meanwhile. */
public final class LogicalCpu extends Execution {
    /** {@code MAX_TAIL_CALL_CNT} of include/linux/bpf.h. */
    private static final int TAIL_CALLS = 33;

    private static final RunObserver UNOBSERVED = new RunObserver() {};

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
    private final RunObserver observer;
    private final boolean checked;
    private final long budget;
    private final SplittableRandom random;
    private final long scratch;
    private final long reservation;
    /** The registers of the run, and of each callback within callbacks. */
    private final long[][] registers = new long[CallStack.FRAMES][REGISTERS];

    /** Translated code: r10 of the function that was left for a helper. */
    private long frame;
    /** Translated code: arrays lent to functions in parts, and how many are lent. */
    private final List<long[]> stateArrays = new ArrayList<>();

    private int states;
    /** Whether the interpreter's loop runs the current function; it stays there whatever it calls. */
    private boolean interpreting;

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
        observer = environment.observer().orElse(UNOBSERVED);
        memory = new CheckedMemory(sandbox, (address, size, value) -> observer.loads(this, address, size, value));
        reservation = sandbox.reservation();
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
        observer.begins(this, r1);
        maps.runStarts(number);
        try {
            Translation translation = program.translation();
            interpreting = translation == null;
            return translation == null ? Interpreter.run(this, program, 0, r) : runTranslated(translation, r1, r2);
        } finally {
            maps.runEnds(number);
        }
    }

    private long runTranslated(Translation translation, long r1, long r2) {
        states = 0;
        frame = stack.top();
        try {
            return translation.run(0, this, r1, r2, 0, 0, 0, frame);
        } catch (RuntimeException e) {
            throw explained(e, running(), slot);
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
    public @Nullable Code tailCall(long mapHandle, long index) {
        if (!(map(mapHandle) instanceof ProgramArrayMap programs)) {
            throw new Violation("bpf_tail_call needs a BPF_MAP_TYPE_PROG_ARRAY, not " + map(mapHandle));
        }
        if (tailCalls >= TAIL_CALLS) {
            return null;
        }
        tailCalls++;
        return (Code) programs.target(index & 0xffff_ffffL);
    }

    @Override
    public OptionalLong tailCall(long map, long index, long context) {
        Code next = tailCall(map, index);
        return next == null ? OptionalLong.empty() : OptionalLong.of(continueIn(next, context, frame));
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
        long address = packetAddress(offset, size);
        r[0] = address == 0 ? 0 : packetNumber(address, size);
        if (address != 0) {
            observer.loads(this, address, size, r[0]);
        }
        return address != 0;
    }

    private long packetAddress(int offset, int size) {
        return packet == null ? rawAddress(offset, size) : socketBuffer().packetAddress(offset, size);
    }

    private long packetNumber(long address, int size) {
        return switch (size) {
            case 1 -> sandbox.getByte(address) & 0xffL;
            case 2 -> Short.reverseBytes(sandbox.getShort(address)) & 0xffffL;
            default -> Integer.reverseBytes(sandbox.getInt(address)) & 0xffff_ffffL;
        };
    }

    private long rawAddress(int offset, int size) {
        return offset >= 0 && offset + (long) size <= rawLength ? rawAddress + offset : 0;
    }

    /** A conditional jump of a run that is observed. @param opcode as encoded, sign-extended @return whether it is taken */
    boolean decides(int opcode, int at, long word, long[] r) {
        long left = r[(int) (word >>> 8) & 15];
        long right = (opcode & Opcode.BPF_X) == 0 ? word >> 32 : r[(int) (word >>> 12) & 15];
        boolean taken = Condition.holds(opcode, left, right);
        observer.branches(at, taken, left, right);
        return taken;
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
        Translation translation = caller.translation();
        if (translation != null && !interpreting) {
            return callbackTranslated(translation, caller, entry, r1, r2, r3, r4, r5);
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

    private long callbackTranslated(
            Translation translation, Code caller, int entry, long r1, long r2, long r3, long r4, long r5) {
        long callerFrame = frame;
        int callerSlot = slot;
        long result = translation.run(entry, this, r1, r2, r3, r4, r5, stack.below(callerFrame));
        if (checked) {
            stack.pop();
        }
        frame = callerFrame;
        code = caller;
        slot = callerSlot;
        return result;
    }

    // What translated code calls. Slots are those of the instruction that does.

    /** Where the engine's reservation starts: {@link Sandbox#GUARD} bytes before address 0 of the sandbox. */
    public long reservation() {
        return reservation;
    }

    /** Instructions the run may still execute. */
    public long remaining() {
        return remaining;
    }

    /** As the code that ran has left them. */
    public void remaining(long newRemaining) {
        remaining = newRemaining;
    }

    /** Notes which instruction calls a helper. */
    public void at(int newSlot) {
        slot = newSlot;
    }

    /** Notes which instruction calls a helper that may call back, and what a callback needs. */
    public void leaves(int newSlot, long newRemaining, long newFrame) {
        slot = newSlot;
        remaining = newRemaining;
        frame = newFrame;
    }

    /** r10 of a function called by one with {@code callerFrame}. */
    public long enterFrame(long callerFrame, int newSlot) {
        slot = newSlot;
        return stack.below(callerFrame);
    }

    /** Checked mode: the end of {@link #enterFrame}. */
    public void leaveFrame() {
        stack.pop();
    }

    /** Checked mode: ends the run unless the access is allowed. */
    public void requireAccess(long address, int size, boolean write, int newSlot) {
        slot = newSlot;
        memory.require(address, size, write);
    }

    /** What to throw when the budget is used up at an instruction. */
    public RuntimeException exhausted(int newSlot) {
        slot = newSlot;
        return exhausted();
    }

    /** What to throw for an atomic operation on an address that is no multiple of the size. */
    public RuntimeException misaligned(long address, int size, int newSlot) {
        slot = newSlot;
        return AtomicOperations.misaligned(address, size);
    }

    /** {@code callx}, after {@link #leaves}. */
    public long callRegister(long address, long r1, long r2, long r3, long r4, long r5) {
        return running().functionAt(address) >= 0
                ? callback(address, r1, r2, r3, r4, r5)
                : helperAt(running(), address).call(this, r1, r2, r3, r4, r5);
    }

    /** The end of a tail call that found a program: runs that in the place of the caller. */
    public long continueIn(Code next, long r1, long callerFrame) {
        Code caller = running();
        Translation translation = next.translation();
        if (remaining < 0) {
            throw exhausted();
        }
        code = next;
        long result = translation == null
                ? interpretIn(next, r1, callerFrame)
                : translation.run(0, this, r1, 0, 0, 0, 0, callerFrame);
        code = caller;
        return result;
    }

    private long interpretIn(Code next, long r1, long callerFrame) {
        long[] r = new long[REGISTERS];
        r[1] = r1;
        r[10] = callerFrame;
        int callerDepth = stack.depth();
        stack.continueAt(callerFrame);
        interpreting = true;
        long result = Interpreter.run(this, next, 0, r);
        interpreting = false;
        stack.continueAt(stack.top(callerDepth));
        return result;
    }

    /** {@code LD_ABS} and {@code LD_IND}: the number at an offset of the packet, -1 if that is outside. */
    public long loadPacket(int size, int offset) {
        long address = packetAddress(offset, size);
        return address == 0 ? -1 : packetNumber(address, size);
    }

    /** An array for a function in parts, until {@link #returnState}. */
    public long[] borrowState() {
        if (states == stateArrays.size()) {
            stateArrays.add(new long[REGISTERS]);
        }
        return stateArrays.get(states++);
    }

    /** The end of {@link #borrowState}. */
    public void returnState() {
        states--;
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

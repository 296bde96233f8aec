package dev.skep.verifier.transfer;

import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.PacketAccess;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;

/** Memory that a call reads or writes ({@code check_helper_mem_access}, {@code check_mem_size_reg}). */
final class HelperMemory {
    private final Environment environment;
    private final Memory memory;

    HelperMemory(Environment environment, Memory memory) {
        this.environment = environment;
        this.memory = memory;
    }

    /**
     * Checks {@code size} bytes behind a register.
     *
     * @param fills the call writes all of them, so that they need not be written yet; noted in {@code facts} for stack memory
     */
    void check(
            ProgramState state,
            int register,
            int size,
            boolean writes,
            boolean zeroAllowed,
            CallFacts facts,
            boolean fills) {
        Value value = Registers.read(state, register);
        if (!(value instanceof Pointer pointer)) {
            if (!(zeroAllowed && size == 0 && value.isZero())) {
                throw wrongType(register, value);
            }
            return;
        }
        switch (pointer.region()) {
            case Region.Packet packet -> {
                if (packet == Region.Packet.END) {
                    throw wrongType(register, value);
                }
                Bounds.checkPacket(pointer, register, 0, size, zeroAllowed);
            }
            case Region.MapKey key -> {
                checkNotWritten(writes, true, register, pointer);
                Bounds.check(pointer, register, 0, size, key.map().keySize(), false);
            }
            case Region.MapValue region -> checkMapValue(pointer, region, register, size, writes, zeroAllowed);
            case Region.Memory region -> {
                checkNotWritten(writes, region.readOnly(), register, pointer);
                Bounds.check(pointer, register, 0, size, region.size(), zeroAllowed);
            }
            case Region.Buffer buffer -> {
                checkNotWritten(writes, buffer.readOnly(), register, pointer);
                Memory.checkBuffer(
                        Access.load(register, 0, size, Access.NONE, false),
                        pointer,
                        buffer.readOnly() ? "rdonly" : "rdwr");
            }
            case Region.Stack stack -> checkStack(state, pointer, register, size, writes, zeroAllowed, facts, fills);
            case Region.KernelObject object ->
                memory.access(state, Access.load(register, 0, Math.max(size, 1), Access.NONE, false), false);
            case Region.Context context -> checkContext(state, register, size, writes, zeroAllowed, pointer);
            default -> throw wrongType(register, value);
        }
    }

    private static Refusal wrongType(int register, Value value) {
        return Refusal.ofRegister(
                Cause.HELPER_ARGUMENT, register, "R" + register + " type=" + TypeName.of(value) + " expected=fp");
    }

    private static void checkNotWritten(boolean writes, boolean readOnly, int register, Pointer pointer) {
        if (writes && readOnly) {
            throw Refusal.ofRegister(
                    Cause.READ_ONLY_MEMORY, register, "R" + register + " cannot write into " + TypeName.of(pointer));
        }
    }

    private static void checkMapValue(
            Pointer pointer, Region.MapValue region, int register, int size, boolean writes, boolean zeroAllowed) {
        Access access = writes
                ? Access.storeConstant(register, 0, size, 0)
                : Access.load(register, 0, size, Access.NONE, false);
        MapMemory.checkDirection(access, region.map(), pointer.offset());
        Bounds.check(pointer, register, 0, size, region.map().valueSize(), zeroAllowed);
        long first = pointer.offset() + pointer.variable().smin();
        long end = pointer.offset() + pointer.variable().umax() + size;
        for (SpecialField field : region.map().fields()) {
            if (first < field.end() && field.offset() < end) {
                String what = field.kind().isKptr()
                        ? "kptr cannot be accessed indirectly by helper"
                        : field.kind().typeName() + " cannot be accessed directly by load/store";
                throw Refusal.ofRegister(Cause.SPECIAL_FIELD, register, what);
            }
        }
    }

    private void checkStack(
            ProgramState state,
            Pointer pointer,
            int register,
            int size,
            boolean writes,
            boolean zeroAllowed,
            CallFacts facts,
            boolean fills) {
        if (size == 0 && !zeroAllowed) {
            throw Refusal.ofRegister(
                    Cause.LENGTH_ARGUMENT, register, "invalid zero-sized read from stack R" + register);
        }
        StackBounds bounds = StackBounds.check(
                state, environment, pointer, register, 0, size, writes || fills ? " write to" : " read from");
        if (size == 0) {
            return;
        }
        Frame frame = state.frame(((Region.Stack) pointer.region()).frame());
        if (fills && bounds.fixed()) {
            facts.filledRegister = register;
            facts.filledBytes = size;
            checkNoObjects(frame, bounds);
            return;
        }
        new StackRange(environment).checkInitialized(state, frame, bounds, register, writes || fills);
    }

    /** The kernel's own objects on the stack cannot be written over by a call, but for dynptrs that need no release. */
    private static void checkNoObjects(Frame frame, StackBounds bounds) {
        for (int i = Frame.slotOf(bounds.end() - 1); i <= Frame.slotOf(bounds.first()); i++) {
            if (frame.slot(i).object().isPresent() && !(frame.slot(i).object().get() instanceof StackObject.Dynptr)) {
                throw Refusal.ofStack(
                        Cause.STACK_ACCESS,
                        Frame.offsetOf(i),
                        "potential write to iterator or saved flags at off=" + Frame.offsetOf(i) + " disallowed");
            }
        }
    }

    private void checkContext(
            ProgramState state, int register, int size, boolean writes, boolean zeroAllowed, Pointer pointer) {
        boolean plain = environment.kind().type() == ProgramType.SYSCALL
                || environment.kind().type() == ProgramType.NETFILTER;
        if (!plain || (size == 0 && !zeroAllowed)) {
            throw wrongType(register, pointer);
        }
        if (size > 0) {
            Access last = writes
                    ? new Access(register, size - 1, 1, Access.Kind.ATOMIC_STORE, Access.NONE, 0, false)
                    : Access.load(register, size - 1, 1, Access.NONE, false);
            memory.access(state, last, false);
        }
    }

    /** The stack bytes that the call fills hold numbers afterwards. */
    void fill(ProgramState state, CallFacts facts) {
        for (int i = 0; i < facts.filledBytes; i++) {
            Access write = new Access(facts.filledRegister, i, 1, Access.Kind.ATOMIC_STORE, Access.NONE, 0, false);
            memory.access(state, write, false);
        }
        if (facts.filledBytes > 0 && state.register(facts.filledRegister) instanceof Pointer pointer) {
            markWholeSlots(state, pointer, facts.filledBytes);
        }
    }

    private static void markWholeSlots(ProgramState state, Pointer pointer, int bytes) {
        if (pointer.region() instanceof Region.Stack stack) {
            int first = (int) pointer.constantOffset();
            for (int offset = first; offset + 8 <= first + bytes; offset++) {
                if (Frame.byteOf(offset) == 0) {
                    state.markWritten(stack.frame(), Frame.slotOf(offset));
                }
            }
        }
    }

    /** Checks memory and its size, given in the register before and in {@code register}. */
    void checkSized(
            ProgramState state, int register, boolean writes, boolean zeroAllowed, CallFacts facts, boolean fills) {
        Value value = Registers.read(state, register);
        if (!(value instanceof Scalar number)) {
            throw Refusal.ofRegister(
                    Cause.HELPER_ARGUMENT,
                    register,
                    "R" + register + " type=" + TypeName.of(value) + " expected=scalar");
        }
        Range size = number.range();
        facts.sizeBound = size.umax();
        if (size.smin() < 0) {
            throw length(register, "R" + register + " min value is negative, either use unsigned or 'var &= const'");
        }
        if (size.umin() == 0 && !zeroAllowed) {
            throw length(
                    register,
                    "R" + register + " invalid zero-sized read: u64=[" + size.umin() + "," + size.umax() + "]");
        }
        if (size.umax() >= environment.kernel().limits().variableSize()) {
            throw length(
                    register, "R" + register + " unbounded memory access, use 'var &= const' or 'if (var < const)'");
        }
        check(state, register - 1, (int) size.umax(), writes, zeroAllowed, facts, fills && size.isConstant());
        environment.paths().markPrecise(state, register);
    }

    private static Refusal length(int register, String message) {
        return Refusal.ofRegister(Cause.LENGTH_ARGUMENT, register, message);
    }

    /** Packet pointers are given only to helpers that expect them, by programs that may see the packet. */
    void checkPacketAllowed(Value value, int register, boolean helperTakesPackets) {
        boolean packet = value instanceof Pointer pointer && pointer.isPacket();
        PacketAccess allowed = environment.packetAccess();
        if (packet && (!helperTakesPackets || allowed == PacketAccess.NONE)) {
            throw Refusal.ofRegister(Cause.HELPER_ARGUMENT, register, "helper access to the packet is not allowed");
        }
    }
}

package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ContextAccess;
import dev.skep.verifier.kernel.PacketAccess;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.HashMap;
import java.util.Map;

/** Loads and stores: what a pointer of each kind allows ({@code check_mem_access}). */
final class Memory {
    private final Environment environment;
    private final Alignment alignment;
    private final StackReads stackReads;
    private final StackWrites stackWrites;
    private final ContextMemory context;
    private final MapMemory maps;
    private final KernelObjects objects;
    private final Map<Integer, Class<?>> kinds = new HashMap<>();

    Memory(Environment environment) {
        this.environment = environment;
        alignment = new Alignment(environment);
        stackReads = new StackReads(environment);
        stackWrites = new StackWrites(environment);
        context = new ContextMemory(environment);
        maps = new MapMemory(environment);
        objects = new KernelObjects(environment);
    }

    void load(ProgramState state, Instruction instruction) {
        int size = size(instruction);
        boolean signed = (instruction.opcode() & 0xe0) == Opcode.BPF_MEMSX;
        Registers.read(state, instruction.srcReg());
        Registers.checkWritable(instruction.dstReg());
        Access access = Access.load(instruction.srcReg(), instruction.offset(), size, instruction.dstReg(), signed);
        state.set(instruction.dstReg(), access(state, access, false));
    }

    void store(ProgramState state, Instruction instruction) {
        Registers.read(state, instruction.srcReg());
        Registers.read(state, instruction.dstReg());
        access(
                state,
                Access.store(instruction.dstReg(), instruction.offset(), size(instruction), instruction.srcReg()),
                false);
    }

    void storeConstant(ProgramState state, Instruction instruction) {
        Registers.read(state, instruction.dstReg());
        access(
                state,
                Access.storeConstant(instruction.dstReg(), instruction.offset(), size(instruction), instruction.imm()),
                false);
    }

    static int size(Instruction instruction) {
        return switch (instruction.opcode() & 0x18) {
            case Opcode.BPF_W -> 4;
            case Opcode.BPF_H -> 2;
            case Opcode.BPF_B -> 1;
            default -> 8;
        };
    }

    /**
     * Checks an access.
     *
     * @param aligned it must be aligned whatever the machine
     * @return what a load gives; for stores of no meaning
     */
    Value access(ProgramState state, Access access, boolean aligned) {
        Pointer pointer = Registers.pointer(state, access.register());
        alignment.check(pointer, access.register(), access.offset(), access.size(), aligned);
        checkOneKind(state, pointer);
        Value value = switch (pointer.region()) {
            case Region.MapKey key -> accessMapKey(access, pointer, key);
            case Region.MapValue region -> maps.access(state, access, pointer, region);
            case Region.Memory memory -> accessMemory(state, access, pointer, memory);
            case Region.Context region -> context.access(state, access, pointer);
            case Region.Stack stack -> accessStack(state, access, pointer);
            case Region.Packet packet -> accessPacket(state, access, pointer);
            case Region.FlowKeys keys -> accessFlowKeys(state, access, pointer);
            case Region.Socket socket -> context.accessSocket(state, access, pointer, socket);
            case Region.TracepointBuffer buffer -> accessBuffer(state, access, pointer);
            case Region.Buffer buffer -> accessBuffer(state, access, pointer, buffer);
            case Region.KernelObject object -> objects.access(state, access, pointer, object);
            case Region.MapObject map -> objects.accessMap(access, pointer, map);
            case Region.Arena arena -> Scalar.UNKNOWN;
            case Region.FunctionAddress function -> throw invalid(access, pointer);
            case Region.ConstDynptr dynptr -> throw invalid(access, pointer);
        };
        return cut(value, access);
    }

    /** The kernel rewrites accesses to some regions, so that one instruction cannot go to those and others ({@code save_aux_ptr_type}). */
    private void checkOneKind(ProgramState state, Pointer pointer) {
        Class<?> kind = pointer.region().getClass();
        Class<?> before = kinds.putIfAbsent(state.slot(), kind);
        if (before != null && !before.equals(kind) && (isRewritten(kind) || isRewritten(before))) {
            throw new Refusal(Cause.CONTEXT_ACCESS, "same insn cannot be used with different pointers");
        }
    }

    private static boolean isRewritten(Class<?> kind) {
        return kind == Region.Context.class
                || kind == Region.Socket.class
                || kind == Region.KernelObject.class
                || kind == Region.Arena.class;
    }

    private static Value cut(Value value, Access access) {
        if (!(value instanceof Scalar number) || access.size() >= 8) {
            return value;
        }
        return access.signed()
                ? Scalar.of(number.range().signExtend(access.size()))
                : number.withRange(number.range().truncate(access.size()));
    }

    static Refusal invalid(Access access, Pointer pointer) {
        Cause cause = pointer.maybeNull() ? Cause.NULLABLE_POINTER : Cause.SCALAR_AS_POINTER;
        return Refusal.ofRegister(
                cause, access.register(), access.name() + " invalid mem access '" + TypeName.of(pointer) + "'");
    }

    /** @param where as the kernel says: {@code map}, {@code ctx} */
    static void checkNoLeak(ProgramState state, Environment environment, Access access, String where) {
        boolean leaks = access.kind() == Access.Kind.STORE
                && environment.hidesAddresses()
                && state.register(access.value()) instanceof Pointer;
        if (leaks) {
            throw Refusal.ofRegister(
                    Cause.POINTER_LEAK, access.value(), "R" + access.value() + " leaks addr into " + where);
        }
    }

    private Value accessMapKey(Access access, Pointer pointer, Region.MapKey key) {
        if (access.writes()) {
            throw Refusal.ofRegister(
                    Cause.READ_ONLY_MEMORY,
                    access.register(),
                    "write to change key R" + access.register() + " not allowed");
        }
        if (pointer.maybeNull()) {
            throw invalid(access, pointer);
        }
        Bounds.check(
                pointer,
                access.register(),
                access.offset(),
                access.size(),
                key.map().keySize(),
                false);
        return Scalar.UNKNOWN;
    }

    private Value accessMemory(ProgramState state, Access access, Pointer pointer, Region.Memory memory) {
        if (pointer.maybeNull()) {
            throw invalid(access, pointer);
        }
        if (access.writes() && memory.readOnly()) {
            throw cannotWrite(access, TypeName.of(pointer));
        }
        checkNoLeak(state, environment, access, "mem");
        if (!memory.untrusted()) {
            Bounds.check(pointer, access.register(), access.offset(), access.size(), memory.size(), false);
        }
        return Scalar.UNKNOWN;
    }

    static Refusal cannotWrite(Access access, String what) {
        return Refusal.ofRegister(
                Cause.READ_ONLY_MEMORY, access.register(), access.name() + " cannot write into " + what);
    }

    private Value accessStack(ProgramState state, Access access, Pointer pointer) {
        if (access.writes()) {
            stackWrites.write(state, access, pointer);
            return Scalar.UNKNOWN;
        }
        return stackReads.read(state, access, pointer);
    }

    private Value accessPacket(ProgramState state, Access access, Pointer pointer) {
        if (!pointer.isPacket()) {
            throw invalid(access, pointer);
        }
        PacketAccess allowed = environment.packetAccess();
        if (access.writes() && allowed != PacketAccess.READ_WRITE) {
            throw Refusal.ofRegister(Cause.READ_ONLY_MEMORY, access.register(), "cannot write into packet");
        }
        checkNoLeak(state, environment, access, "packet");
        Bounds.checkPacket(pointer, access.register(), access.offset(), access.size(), false);
        return Scalar.UNKNOWN;
    }

    private Value accessFlowKeys(ProgramState state, Access access, Pointer pointer) {
        checkNoLeak(state, environment, access, "flow keys");
        long offset = (long) access.offset() + pointer.offset();
        if (access.size() < 0 || offset < 0 || offset + access.size() > ContextAccess.FlowKeys.SIZE) {
            throw Refusal.ofRegister(
                    Cause.MEMORY_BOUNDS,
                    access.register(),
                    "invalid access to flow keys off=" + offset + " size=" + access.size());
        }
        return Scalar.UNKNOWN;
    }

    private Value accessBuffer(ProgramState state, Access access, Pointer pointer) {
        checkNoLeak(state, environment, access, "tracepoint buffer");
        checkBuffer(access, pointer, "tracepoint");
        return Scalar.UNKNOWN;
    }

    private Value accessBuffer(ProgramState state, Access access, Pointer pointer, Region.Buffer buffer) {
        if (pointer.maybeNull()) {
            throw invalid(access, pointer);
        }
        if (access.writes() && buffer.readOnly()) {
            throw cannotWrite(access, TypeName.of(pointer));
        }
        checkNoLeak(state, environment, access, "buf");
        checkBuffer(access, pointer, buffer.readOnly() ? "rdonly" : "rdwr");
        return Scalar.UNKNOWN;
    }

    /** How long the buffer is shows when the program is attached; only constant offsets can be held against that. */
    static void checkBuffer(Access access, Pointer pointer, String name) {
        long offset = (long) access.offset() + pointer.offset();
        if (offset < 0) {
            throw Refusal.ofRegister(
                    Cause.MEMORY_BOUNDS,
                    access.register(),
                    "R%d invalid %s buffer access: off=%d, size=%d"
                            .formatted(access.register(), name, offset, access.size()));
        }
        if (!pointer.variable().isConstant() || pointer.variable().constant() != 0) {
            throw Refusal.ofRegister(
                    Cause.MEMORY_BOUNDS,
                    access.register(),
                    "R%d invalid variable buffer offset: off=%d, var_off=%s"
                            .formatted(
                                    access.register(),
                                    access.offset(),
                                    RangeText.of(pointer.variable().bits())));
        }
    }
}

package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Adds to a function what bytecode and intrinsics need again and again. */
final class Emitter {
    /** Bytes of bytecode that methods may be which are compiled in the place of calls: twice what a method can have. */
    static final int MOST_BYTECODE = 1 << 17;

    private final FunctionBuilder builder;
    private final Abort aborting;
    private final KernelAccess kernelAccess;
    private Optional<Block> abort = Optional.empty();
    private Optional<Handler> handler = Optional.empty();
    private final PacketElements packetElements = new PacketElements();
    private Optional<Operand.Reference> context = Optional.empty();
    private int bytecode;

    /** How a function ends where Java would throw. */
    @FunctionalInterface
    interface Abort {
        /** Completes an empty block that is gone to from there. */
        void end(Block block, Position position);
    }

    /** What is done where Java would throw, before the function ends, or instead. */
    @FunctionalInterface
    interface Handler {
        /** Hands over to the block where it is done; the current block is about to end. */
        Block enter();
    }

    /** For a function that just returns a number, of its result's type. */
    static Abort returning(Constant number) {
        return (block, position) -> block.terminate(new Terminator.Return(Optional.of(number), position));
    }

    /**
     * For a function that is empty yet.
     *
     * @param aborting what the function does where Java would throw
     * @param kernelAccess how pointers in the context may be followed
     */
    Emitter(FunctionBuilder builder, Abort aborting, KernelAccess kernelAccess) {
        this.builder = builder;
        this.aborting = aborting;
        this.kernelAccess = kernelAccess;
    }

    /** How structures of the kernel are read. */
    KernelAccess kernelAccess() {
        return kernelAccess;
    }

    PacketElements packetElements() {
        return packetElements;
    }

    /** The function is complete. */
    void finish(Findings findings) {
        builder.finish();
        packetElements.finish(builder.function(), findings);
    }

    /** The function gets a context as an argument. */
    void receive(Operand.Reference argument) {
        context = Optional.of(argument);
    }

    /** The context that the function gets; empty if it gets none. */
    Optional<Operand.Reference> context() {
        return context;
    }

    FunctionBuilder builder() {
        return builder;
    }

    Value add(Operation operation) {
        return builder.add(operation);
    }

    Block newBlock(String name) {
        return builder.function().addBlock(name);
    }

    /** Ends the current block, and goes on in another. All that goes on with that must have ended. */
    void continueIn(Block block) {
        builder.seal(block);
        builder.at(block);
    }

    void jump(Block target) {
        builder.end(new Terminator.Jump(Edge.to(target), builder.position()));
    }

    void branch(Comparison comparison, Value left, Value right, Block taken, Block otherwise) {
        builder.end(
                new Terminator.Branch(comparison, left, right, Edge.to(taken), Edge.to(otherwise), builder.position()));
    }

    /** Notes that so many bytes of bytecode are to be compiled in the place of a call. @return false if that is too much */
    boolean takesIn(int bytes) {
        bytecode += bytes;
        return bytecode <= MOST_BYTECODE;
    }

    /** Goes on only if the comparison holds; otherwise the program ends as if Java threw. */
    void require(Comparison comparison, Value left, Value right) {
        Block next = newBlock("checked");
        branch(comparison, left, right, next, abortBlock());
        continueIn(next);
    }

    /** Does something; where Java would throw meanwhile, the program goes to the handler. */
    void withHandler(Handler inner, Runnable action) {
        Optional<Handler> outer = handler;
        handler = Optional.of(inner);
        try {
            action.run();
        } finally {
            handler = outer;
        }
    }

    /** Where the program goes if Java would throw at the end of the current block. */
    Block abortBlock() {
        return handler.map(Handler::enter).orElseGet(this::endBlock);
    }

    /** Where the program ends. */
    Block endBlock() {
        if (abort.isEmpty()) {
            Block block = newBlock("abort");
            aborting.end(block, builder.position());
            abort = Optional.of(block);
        }
        return abort.get();
    }

    /** One of two values. Each is computed only if it is wanted. */
    Value choose(
            Comparison comparison,
            Value left,
            Value right,
            Function<Emitter, Value> ifTrue,
            Function<Emitter, Value> ifFalse) {
        Block taken = newBlock("true");
        Block otherwise = newBlock("false");
        branch(comparison, left, right, taken, otherwise);
        return meet(taken, ifTrue, otherwise, ifFalse);
    }

    /** 1 until the kernel's budget for loops is spent, then 0. */
    Value mayContinue() {
        Block more = newBlock("more");
        Block exhausted = newBlock("exhausted");
        builder.end(new Terminator.MayContinue(Edge.to(more), Edge.to(exhausted), builder.position()));
        return meet(more, emitter -> Constant.of(1), exhausted, emitter -> Constant.of(0));
    }

    /** The value that one block or the other makes, where both go on together. */
    private Value meet(
            Block taken, Function<Emitter, Value> ifTrue, Block otherwise, Function<Emitter, Value> ifFalse) {
        Block join = newBlock("join");
        continueIn(taken);
        Value first = ifTrue.apply(this);
        Variable result = new Variable("chosen", first.type());
        builder.write(result, first);
        jump(join);
        continueIn(otherwise);
        builder.write(result, ifFalse.apply(this));
        jump(join);
        continueIn(join);
        return builder.read(result);
    }

    Value binary(BinaryOperator operator, Value left, Value right) {
        return add(new Operation.Binary(operator, left, right));
    }

    Value compare(Comparison comparison, Value left, Value right) {
        return add(new Operation.Compare(comparison, left, right));
    }

    /** The lowest bits, extended to the type. */
    Value extend(Int from, boolean signed, Value value, Int type) {
        return add(new Operation.Extend(from, signed, value, type));
    }

    /** A number of either width as 64 bits, with its sign. */
    Value widen(Value value) {
        return switch (value) {
            case Constant constant -> Constant.of(constant.value());
            case Value other when other.type() == Int.I32 -> extend(Int.I32, true, other, Int.I64);
            default -> value;
        };
    }

    /** The lower 32 bits. */
    Value narrow(Value value) {
        return switch (value) {
            case Constant constant -> Constant.of((int) constant.value());
            case Value other when other.type() == Int.I64 -> extend(Int.I32, false, other, Int.I32);
            default -> value;
        };
    }

    Value offset(Value pointer, int bytes) {
        return bytes == 0 ? pointer : offset(pointer, Constant.of((long) bytes));
    }

    Value offset(Value pointer, Value bytes) {
        return add(new Operation.PointerAdd(pointer, bytes, (Pointer) pointer.type()));
    }

    /** The address of an element of an array. @param index known to be within @param size of an element, in bytes */
    Value element(Value array, Value index, int size) {
        Value wide = extend(Int.I32, false, index, Int.I64);
        return offset(array, size == 1 ? wide : binary(BinaryOperator.MULTIPLY, wide, Constant.of((long) size)));
    }

    /** A number in as many bits as a parameter or a result of a function has. */
    Value fit(Int width, Value number) {
        return width == Int.I64 ? widen(number) : narrow(number);
    }

    /** Leaves the function with a result. */
    void leave(Value result) {
        builder.end(new Terminator.Return(Optional.of(result), builder.position()));
    }

    /** Reads a number as Java has it on its stack. */
    Value load(Value address, int offset, FieldType.Number type) {
        if (address.type() instanceof Pointer pointer && pointer.provenance() == Pointer.Provenance.KERNEL_ADDRESS) {
            return probeRead(offset(address, offset), type);
        }
        Value loaded = add(new Operation.Load(
                address, offset, type.width(), type.signed() && !swaps(type), type.stackType(), Optional.empty()));
        if (!swaps(type)) {
            return loaded;
        }
        Value swapped = add(new Operation.SwapBytes(type.width(), loaded));
        return type.width() == Int.I16 && type.signed() ? extend(Int.I16, true, swapped, Int.I32) : swapped;
    }

    /** Reads a number of the kernel by a helper; where nothing is to be read, it is 0. */
    Value probeRead(Value address, FieldType.Number type) {
        Value copy = slot("read", 8);
        Value size = Constant.of((long) type.size());
        add(new Operation.CallHelper(HelperId.PROBE_READ_KERNEL, List.of(copy, size, address), Type.Nothing.VOID));
        return load(copy, 0, type);
    }

    /** Writes a number. */
    void store(Value address, int offset, FieldType.Number type, Value value) {
        Value sized = fit(type.width(), value);
        Value stored = swaps(type) ? add(new Operation.SwapBytes(type.width(), sized)) : sized;
        add(new Operation.Store(address, offset, type.width(), stored, Optional.empty()));
    }

    private static boolean swaps(FieldType.Number type) {
        return type.bigEndian() && type.width() != Int.I8;
    }

    /** The address of a new place on the stack. */
    Value slot(String name, int size) {
        return add(new Operation.StackAddress(new StackSlot(name, size, 8)));
    }

    /** Writes zeros. The address is a multiple of 8. */
    void clear(Value address, int size) {
        int at = 0;
        while (at < size) {
            Int width = Int.ofBytes(Math.min(8, Integer.highestOneBit(size - at)));
            Constant zero = width == Int.I64 ? Constant.of(0L) : Constant.of(0);
            add(new Operation.Store(address, at, width, zero, Optional.empty()));
            at += width.bytes();
        }
    }

    /** The address of a copy of a number on the stack. */
    Value copy(Value number, FieldType.Number type) {
        Value address = slot("number", type.size());
        store(address, 0, type, number);
        return address;
    }

    /** Calls a helper; the result is an integer of 64 bits. */
    Value call(HelperId helper, List<Value> arguments) {
        return add(new Operation.CallHelper(helper, arguments, Int.I64));
    }

    /** Calls a helper; the result is a pointer that may be null. */
    Value callForPointer(HelperId helper, List<Value> arguments, Pointer.Provenance provenance) {
        return add(new Operation.CallHelper(helper, arguments, Pointer.nullable(provenance)));
    }
}

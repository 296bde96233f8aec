package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds instructions to a function. Numbers have 64 bits throughout. */
final class Emit {
    static final Constant ZERO = Constant.of(0L);
    static final Constant ONE = Constant.of(1L);

    private final FunctionBuilder builder;
    private Optional<Capture> capture = Optional.empty();
    private Optional<ReadWatch> watch = Optional.empty();

    Emit(FunctionBuilder builder) {
        this.builder = builder;
    }

    FunctionBuilder builder() {
        return builder;
    }

    /** What helpers say from here on is recorded. */
    void captureWith(Capture recorder) {
        capture = Optional.of(recorder);
    }

    /** What cannot be read from here on is told. */
    void watchReads(ReadWatch reads) {
        watch = Optional.of(reads);
    }

    /** What records; empty if nothing is recorded. */
    Optional<Capture> capture() {
        return capture;
    }

    Value add(Operation operation) {
        return builder.add(operation);
    }

    Block newBlock(String name) {
        return builder.function().addBlock(name);
    }

    /** Goes on in a block that nothing more will lead to. */
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

    /** Goes on with a further round of a loop, unless the kernel says that there were too many. */
    void limit(Block otherwise) {
        Block limited = newBlock("limited");
        builder.end(new Terminator.MayContinue(Edge.to(limited), Edge.to(otherwise), builder.position()));
        continueIn(limited);
    }

    void branchIfNull(Value pointer, Block taken, Block otherwise) {
        branch(Comparison.EQUAL, pointer, Constant.nullPointer((Pointer) pointer.type()), taken, otherwise);
    }

    /** Does something if a comparison holds, and goes on. */
    void when(Comparison comparison, Value left, Value right, String name, Runnable body) {
        Block holds = newBlock(name);
        Block end = newBlock("end");
        branch(comparison, left, right, holds, end);
        continueIn(holds);
        body.run();
        jump(end);
        continueIn(end);
    }

    /** Does something with what a pointer leads to, if it leads anywhere, and goes on. */
    void ifPresent(Value pointer, Runnable body) {
        when(Comparison.NOT_EQUAL, pointer, Constant.nullPointer((Pointer) pointer.type()), "present", body);
    }

    /** One of two values of 64 bits, each computed only if it is wanted. */
    Value choose(Comparison comparison, Value left, Value right, Supplier<Value> yes, Supplier<Value> no) {
        Block taken = newBlock("yes");
        Block otherwise = newBlock("no");
        branch(comparison, left, right, taken, otherwise);
        return meet(taken, otherwise, yes, no);
    }

    /** The value that one of two blocks makes, in the block where they meet. */
    Value meet(Block taken, Block otherwise, Supplier<Value> yes, Supplier<Value> no) {
        Block join = newBlock("meet");
        continueIn(taken);
        Value first = yes.get();
        Variable result = new Variable("chosen", first.type());
        builder.write(result, first);
        jump(join);
        continueIn(otherwise);
        builder.write(result, no.get());
        jump(join);
        continueIn(join);
        return builder.read(result);
    }

    Value binary(BinaryOperator operator, Value left, Value right) {
        return add(new Operation.Binary(operator, left, right));
    }

    Value plus(Value left, long right) {
        return right == 0 ? left : binary(BinaryOperator.ADD, left, Constant.of(right));
    }

    /** 1 or 0. */
    Value compare(Comparison comparison, Value left, Value right) {
        Value truth = add(new Operation.Compare(comparison, left, right));
        return add(new Operation.Extend(Int.I32, false, truth, Int.I64));
    }

    /** The lowest bytes of a number, extended to 64 bits. */
    Value extend(Value value, int bytes, boolean signed) {
        if (bytes == 8) {
            return value;
        }
        if (value instanceof Constant constant) {
            int unused = 64 - 8 * bytes;
            long shifted = constant.value() << unused;
            return Constant.of(signed ? shifted >> unused : shifted >>> unused);
        }
        return add(new Operation.Extend(Int.ofBytes(bytes), signed, value, Int.I64));
    }

    /** An address so many bytes on. */
    Value offset(Value address, long bytes) {
        return bytes == 0 ? address : offset(address, Constant.of(bytes));
    }

    Value offset(Value address, Value bytes) {
        return address.type() instanceof Pointer pointer
                ? add(new Operation.PointerAdd(address, bytes, pointer))
                : binary(BinaryOperator.ADD, address, bytes);
    }

    /** A pointer as a number. */
    Value number(Value pointer) {
        return pointer.type() == Int.I64 ? pointer : add(new Operation.Reinterpret(pointer, Int.I64));
    }

    /** Reads memory of the program's own. */
    Value load(Value address, int offset, int bytes, boolean signed) {
        return add(new Operation.Load(address, offset, Int.ofBytes(bytes), signed, Int.I64, Optional.empty()));
    }

    /** Writes the lowest bytes of a number. */
    void store(Value address, int offset, int bytes, Value value) {
        add(new Operation.Store(address, offset, Int.ofBytes(bytes), value, Optional.empty()));
    }

    /** Adds 1 to 64 bits that other programs may count in at the same time. */
    void increment(Value counter) {
        add(new Operation.Atomic(Operation.AtomicOperator.ADD, counter, 0, ONE, false));
    }

    /** Writes zeros. */
    void clear(Value address, int offset, int bytes) {
        int at = 0;
        while (at < bytes) {
            int width = width(offset + at, bytes - at);
            store(address, offset + at, width, ZERO);
            at += width;
        }
    }

    /** What an address so many bytes from a multiple of 8 is a multiple of. */
    static int alignment(int offset) {
        return offset == 0 ? 8 : Math.min(8, Integer.lowestOneBit(offset));
    }

    /** How many bytes to access at once, so far from a multiple of 8, if so many are left. */
    static int width(int offset, int left) {
        return Math.min(alignment(offset), Math.min(8, Integer.highestOneBit(left)));
    }

    /** The address of new bytes on the stack, a multiple of 8. */
    Value slot(String name, int size) {
        return add(new Operation.StackAddress(new StackSlot(name, Math.max(1, size), 8)));
    }

    Value map(String name) {
        return add(new Operation.MapAddress(name));
    }

    /** Calls a helper for a number. */
    Value call(HelperId helper, Value... arguments) {
        Value result = add(new Operation.CallHelper(helper, List.of(arguments), Int.I64));
        capture.ifPresent(recorder -> recorder.called(helper, arguments, result));
        return result;
    }

    /** Calls a helper whose result nobody wants. */
    void run(HelperId helper, Value... arguments) {
        if (watch.isPresent() && ReadWatch.reads(helper)) {
            watch.get().read(helper, call(helper, arguments));
        } else if (capture.isPresent()) {
            call(helper, arguments);
        } else {
            add(new Operation.CallHelper(helper, List.of(arguments), Type.Nothing.VOID));
        }
    }

    /** Calls a helper for a pointer that may be null. */
    Value pointer(HelperId helper, Pointer.Provenance provenance, Value... arguments) {
        return pointer(helper, Pointer.nullable(provenance), arguments);
    }

    /** Calls a helper for a pointer. */
    Value pointer(HelperId helper, Pointer type, Value... arguments) {
        return add(new Operation.CallHelper(helper, List.of(arguments), type));
    }

    /** Looks up a value of a map. */
    Value lookup(String map, Value key) {
        return pointer(HelperId.MAP_LOOKUP_ELEM, Pointer.Provenance.MAP_VALUE, map(map), key);
    }
}

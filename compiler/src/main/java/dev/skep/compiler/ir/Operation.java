package dev.skep.compiler.ir;

import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;

/** What an instruction does. Plain data; its operands are values of the same function. */
public sealed interface Operation {
    /** The type of the result; {@link Type.Nothing#VOID} if there is none. */
    Type type();

    /** The values it uses, in the order of {@link #withOperands}. */
    List<Value> operands();

    /** The same with other operands, as many and of the same types. */
    Operation withOperands(List<Value> operands);

    /** True if it may be left out when nobody uses the result, and done twice or elsewhere with the same result. */
    default boolean isPure() {
        return true;
    }

    /** An operation that uses no value. */
    sealed interface Leaf extends Operation {
        @Override
        default List<Value> operands() {
            return List.of();
        }

        @Override
        default Operation withOperands(List<Value> operands) {
            return this;
        }
    }

    /** Arithmetic on two integers of the result's type. */
    record Binary(BinaryOperator operator, Value left, Value right) implements Operation {
        @Override
        public Type type() {
            return left.type();
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public Binary withOperands(List<Value> operands) {
            return new Binary(operator, operands.get(0), operands.get(1));
        }
    }

    /** {@code 0 - value}. */
    record Negate(Value value) implements Operation {
        @Override
        public Type type() {
            return value.type();
        }

        @Override
        public List<Value> operands() {
            return List.of(value);
        }

        @Override
        public Negate withOperands(List<Value> operands) {
            return new Negate(operands.getFirst());
        }
    }

    /** The lowest bytes in the other order, zero-extended. @param width {@link Int#I16}, {@link Int#I32} or {@link Int#I64} */
    record SwapBytes(Int width, Value value) implements Operation {
        @Override
        public Type type() {
            return value.type();
        }

        @Override
        public List<Value> operands() {
            return List.of(value);
        }

        @Override
        public SwapBytes withOperands(List<Value> operands) {
            return new SwapBytes(width, operands.getFirst());
        }
    }

    /**
     * The lowest bits of an integer, extended to {@code type}; with 32 bits from 64, what is left of it (then signed does not
     * matter).
     *
     * @param from how many of its lowest bits count
     * @param type {@link Int#I32} or {@link Int#I64}
     */
    record Extend(Int from, boolean signed, Value value, Int type) implements Operation {
        @Override
        public List<Value> operands() {
            return List.of(value);
        }

        @Override
        public Extend withOperands(List<Value> operands) {
            return new Extend(from, signed, operands.getFirst(), type);
        }

        /** True if it makes 64 bits of a value of 32, the upper ones zero. */
        public boolean isZeroExtension() {
            return from == Int.I32 && !signed && value.type() == Int.I32;
        }
    }

    /** 1 if the comparison holds, else 0. */
    record Compare(Comparison comparison, Value left, Value right) implements Operation {
        @Override
        public Type type() {
            return Int.I32;
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public Compare withOperands(List<Value> operands) {
            return new Compare(comparison, operands.get(0), operands.get(1));
        }
    }

    /** A pointer so many bytes on. @param offset {@link Int#I64}, signed @param type the result's */
    record PointerAdd(Value pointer, Value offset, Pointer type) implements Operation {
        @Override
        public List<Value> operands() {
            return List.of(pointer, offset);
        }

        @Override
        public PointerAdd withOperands(List<Value> operands) {
            return new PointerAdd(operands.get(0), operands.get(1), type);
        }
    }

    /** The bytes between two pointers of the same provenance: {@code left - right}. */
    record PointerDifference(Value left, Value right) implements Operation {
        @Override
        public Type type() {
            return Int.I64;
        }

        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }

        @Override
        public PointerDifference withOperands(List<Value> operands) {
            return new PointerDifference(operands.get(0), operands.get(1));
        }
    }

    /**
     * The same 64 bits taken for something else: an integer for a pointer, a pointer for an integer, a pointer of another kind,
     * or one that was checked.
     */
    record Reinterpret(Value value, Type type) implements Operation {
        @Override
        public List<Value> operands() {
            return List.of(value);
        }

        @Override
        public Reinterpret withOperands(List<Value> operands) {
            return new Reinterpret(operands.getFirst(), type);
        }
    }

    /** The address of a slot of the frame. */
    record StackAddress(StackSlot slot) implements Leaf {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.STACK);
        }
    }

    /** A map, as an argument of helpers. @param map its name */
    record MapAddress(String map) implements Leaf {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.MAP);
        }
    }

    /** The address of a global. @param section for example {@code .rodata} @param offset in the section */
    record GlobalAddress(String section, int offset) implements Leaf {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.MAP_VALUE);
        }
    }

    /** The address of a function of the unit, for a callback. */
    record FunctionAddress(Function function) implements Leaf {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.FUNCTION);
        }
    }

    /**
     * The entries of a map, for one loop to go through: its head asks for the {@link NextEntry}, and nothing else uses them. The optimizer
     * first of all makes a function of the loop's body, which the kernel calls for each entry ({@code bpf_for_each_map_elem}).
     *
     * @param map its address
     */
    record Entries(Value map) implements Operation {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.MAP);
        }

        @Override
        public List<Value> operands() {
            return List.of(map);
        }

        @Override
        public Entries withOperands(List<Value> operands) {
            return new Entries(operands.getFirst());
        }
    }

    /**
     * A number of rounds, for one loop that goes through them as through the {@link Entries} of a map ({@code bpf_loop}, since Linux 5.17).
     *
     * @param most after so many the loop ends
     */
    record Rounds(int most) implements Leaf {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.MAP);
        }

        /** Each is of one loop. */
        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** 1 if there is another entry for the loop to look at, else 0. The loop's head ends with a comparison with 0. */
    record NextEntry(Value entries) implements Operation {
        @Override
        public Type type() {
            return Int.I32;
        }

        @Override
        public List<Value> operands() {
            return List.of(entries);
        }

        @Override
        public NextEntry withOperands(List<Value> operands) {
            return new NextEntry(operands.getFirst());
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Where the key or the value of an entry is. @param next what said that there is one; of the key, the address is good in this round */
    record EntryAddress(Value next, boolean isKey) implements Operation {
        @Override
        public Type type() {
            return Pointer.to(Pointer.Provenance.MAP_VALUE);
        }

        @Override
        public List<Value> operands() {
            return List.of(next);
        }

        @Override
        public EntryAddress withOperands(List<Value> operands) {
            return new EntryAddress(operands.getFirst(), isKey);
        }
    }

    /**
     * 0, but neither the optimizer nor the kernel's verifier knows it; for numbers of which the verifier would believe too much. Each is
     * one of its own: of two that are the same, the verifier knows both once it knows one.
     */
    record HiddenZero() implements Leaf {
        @Override
        public Type type() {
            return Int.I32;
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** The address of a kernel function, by which a program asks whether it is there: null if not. The unit declares it. */
    record KernelFunctionAddress(String name) implements Leaf {
        @Override
        public Type type() {
            return Pointer.nullable(Pointer.Provenance.FUNCTION);
        }
    }

    /**
     * A number that is known where the program is loaded: an offset, a size, whether a field exists.
     *
     * @param local the number as of the program's own declaration
     * @param type {@link Int#I32} or {@link Int#I64}
     */
    record Relocated(CoreRelocationKind kind, FieldPath path, long local, Int type) implements Leaf {}

    /**
     * Reads memory.
     *
     * @param offset in bytes, from the address
     * @param width of what is read
     * @param signed how it is extended to {@code type}
     * @param type the result's; a pointer where the kernel's verifier gives one
     * @param field set if the offset (and the width) are to be relocated
     */
    record Load(Value address, int offset, Int width, boolean signed, Type type, Optional<FieldPath> field)
            implements Operation {
        @Override
        public List<Value> operands() {
            return List.of(address);
        }

        @Override
        public Load withOperands(List<Value> operands) {
            return new Load(operands.getFirst(), offset, width, signed, type, field);
        }

        /** Memory may have changed in between. */
        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Writes memory. @param width how many of the value's lowest bytes */
    record Store(Value address, int offset, Int width, Value value, Optional<FieldPath> field) implements Operation {
        @Override
        public Type type() {
            return Type.Nothing.VOID;
        }

        @Override
        public List<Value> operands() {
            return List.of(address, value);
        }

        @Override
        public Store withOperands(List<Value> operands) {
            return new Store(operands.get(0), offset, width, operands.get(1), field);
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** What an atomic operation does to memory. */
    enum AtomicOperator {
        ADD,
        AND,
        OR,
        XOR,
        /** Puts the value in; always fetches. */
        EXCHANGE
    }

    /**
     * Changes memory atomically.
     *
     * @param value {@link Int#I32} or {@link Int#I64}, which also is the width
     * @param fetch whether the result is what was there before; otherwise there is none
     */
    record Atomic(AtomicOperator operator, Value address, int offset, Value value, boolean fetch) implements Operation {
        @Override
        public Type type() {
            return fetch ? value.type() : Type.Nothing.VOID;
        }

        @Override
        public List<Value> operands() {
            return List.of(address, value);
        }

        @Override
        public Atomic withOperands(List<Value> operands) {
            return new Atomic(operator, operands.get(0), offset, operands.get(1), fetch);
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Puts {@code replacement} into memory if {@code expected} is there; the result is what was there. */
    record CompareAndExchange(Value address, int offset, Value expected, Value replacement) implements Operation {
        @Override
        public Type type() {
            return expected.type();
        }

        @Override
        public List<Value> operands() {
            return List.of(address, expected, replacement);
        }

        @Override
        public CompareAndExchange withOperands(List<Value> operands) {
            return new CompareAndExchange(operands.get(0), offset, operands.get(1), operands.get(2));
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Calls a helper with up to five arguments. @param type what its result is taken for; VOID if it is not used */
    record CallHelper(HelperId helper, List<Value> arguments, Type type) implements Operation {
        public CallHelper {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Value> operands() {
            return arguments;
        }

        @Override
        public CallHelper withOperands(List<Value> operands) {
            return new CallHelper(helper, operands, type);
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Calls a kernel function by name; the unit declares it with its prototype. */
    record CallKernelFunction(String name, List<Value> arguments, Type type) implements Operation {
        public CallKernelFunction {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Value> operands() {
            return arguments;
        }

        @Override
        public CallKernelFunction withOperands(List<Value> operands) {
            return new CallKernelFunction(name, operands, type);
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }

    /** Calls a function of the same unit with up to five arguments (more, if it is inlined). */
    record CallFunction(Function function, List<Value> arguments) implements Operation {
        public CallFunction {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type type() {
            return function.resultType();
        }

        @Override
        public List<Value> operands() {
            return arguments;
        }

        @Override
        public CallFunction withOperands(List<Value> operands) {
            return new CallFunction(function, operands);
        }

        @Override
        public boolean isPure() {
            return false;
        }
    }
}

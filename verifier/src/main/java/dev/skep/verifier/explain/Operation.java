package dev.skep.verifier.explain;

import java.util.OptionalInt;

/** What an instruction does, as far as following a value through a path needs to know; registers are numbers from 0 to 10. */
public sealed interface Operation {
    /** The register that gets a new value, other than by a call. */
    default OptionalInt written() {
        return OptionalInt.empty();
    }

    /** What is on the right of an operator. */
    sealed interface Operand {
        record Register(int number) implements Operand {}

        record Constant(long value) implements Operand {}

        default boolean is(int register) {
            return this instanceof Register(int number) && number == register;
        }
    }

    /** {@code r1 = r2}. @param wide false for {@code w1 = w2} @param signBits 8, 16 or 32 if sign-extended, else 0 */
    record Move(int target, Operand source, boolean wide, int signBits) implements Operation {
        @Override
        public OptionalInt written() {
            return OptionalInt.of(target);
        }
    }

    /** {@code r1 = 0x... ll}, of a map, a global, a function or a large number. @param what as the log shows it */
    record Address(int target, String what) implements Operation {
        @Override
        public OptionalInt written() {
            return OptionalInt.of(target);
        }
    }

    /** {@code r1 += r2}. @param operator without the equals sign */
    record Arithmetic(int target, String operator, Operand operand, boolean wide) implements Operation {
        @Override
        public OptionalInt written() {
            return OptionalInt.of(target);
        }
    }

    /** {@code r1 = *(u8 *)(r2 +3)}. @param size in bytes */
    record Load(int target, int base, int offset, int size, boolean signed) implements Operation {
        @Override
        public OptionalInt written() {
            return OptionalInt.of(target);
        }
    }

    /** {@code *(u8 *)(r2 +3) = r1}. */
    record Store(int base, int offset, int size, Operand source) implements Operation {}

    /** An atomic operation. @param fetched the register that gets the old value, -1 if none does */
    record Atomic(int base, int offset, int size, int source, int fetched) implements Operation {
        @Override
        public OptionalInt written() {
            return fetched < 0 ? OptionalInt.empty() : OptionalInt.of(fetched);
        }
    }

    /** {@code if r1 > r2 goto pc+3}. @param distance to the target, from the next instruction */
    record Branch(int left, String operator, Operand right, boolean wide, int distance) implements Operation {}

    /** {@code goto pc+3}. */
    record Jump(int distance) implements Operation {}

    /** {@code call bpf_map_lookup_elem#1}. @param internal true if it calls a function of the program */
    record Call(String callee, boolean internal) implements Operation {}

    /** {@code exit}. */
    record Exit() implements Operation {}

    /** Anything else. @param target the register it writes, -1 if none */
    record Other(int target) implements Operation {
        @Override
        public OptionalInt written() {
            return target < 0 ? OptionalInt.empty() : OptionalInt.of(target);
        }
    }
}

package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.Bytes;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random arithmetic gives what arithmetic on unbounded integers, cut to the operation's width, gives. */
class ArithmeticPropertyTest {
    private static final BigInteger TWO = BigInteger.TWO;
    private static EngineHost host;

    /** One operation on r0 and r2 or a constant. */
    record Step(int code, boolean wide, boolean register, boolean signed, int imm) {
        Instruction instruction() {
            int opcode = code | (register ? Opcode.BPF_X : 0) | (wide ? Opcode.BPF_ALU64 : Opcode.BPF_ALU);
            boolean dividing = code == Opcode.BPF_DIV || code == Opcode.BPF_MOD;
            boolean negation = code == Opcode.BPF_NEG;
            return Instruction.of(
                    negation ? code | (wide ? Opcode.BPF_ALU64 : Opcode.BPF_ALU) : opcode,
                    0,
                    register && !negation ? 2 : 0,
                    dividing && signed ? 1 : 0,
                    register || negation ? 0 : imm);
        }
    }

    @BeforeContainer
    static void open() {
        host = EngineHost.open(EngineOptions.defaults().withTrustedPrograms(true));
    }

    @AfterContainer
    static void close() {
        host.close();
    }

    @Property(tries = 2000)
    void equalsArithmeticOnUnboundedIntegers(
            @ForAll("numbers") long first, @ForAll("numbers") long second, @ForAll("steps") List<Step> steps) {
        List<Instruction> code = new ArrayList<>();
        code.add(Instruction.lddw(0, 0, first));
        code.add(Instruction.lddw(2, 0, second));
        long expected = first;
        for (Step step : steps) {
            code.add(step.instruction());
            expected = oracle(step, expected, step.register ? second : step.imm);
        }
        code.add(Instruction.of(Opcode.EXIT, 0, 0, 0, 0));
        long got = host.loadRaw("random", Instructions.of(code))
                .run(new Program.Input(Bytes.EMPTY, Bytes.EMPTY))
                .returnValue();
        assertThat(got).as("%s", steps).isEqualTo(expected);
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.longs()),
                net.jqwik.api.Tuple.of(
                        1,
                        Arbitraries.of(
                                0L,
                                1L,
                                -1L,
                                0xffff_ffffL,
                                0x8000_0000L,
                                0x1_0000_0000L,
                                Long.MIN_VALUE,
                                Long.MAX_VALUE)));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> codes = Arbitraries.of(
                Opcode.BPF_ADD,
                Opcode.BPF_SUB,
                Opcode.BPF_MUL,
                Opcode.BPF_DIV,
                Opcode.BPF_OR,
                Opcode.BPF_AND,
                Opcode.BPF_LSH,
                Opcode.BPF_RSH,
                Opcode.BPF_NEG,
                Opcode.BPF_MOD,
                Opcode.BPF_XOR,
                Opcode.BPF_MOV,
                Opcode.BPF_ARSH);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Integer> constants =
                Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.of(0, 1, -1, 31, 32, 63, Integer.MIN_VALUE));
        return Combinators.combine(codes, either, either, either, constants)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static long oracle(Step step, long a, long b) {
        int bits = step.wide ? 64 : 32;
        BigInteger modulus = TWO.pow(bits);
        BigInteger x = BigInteger.valueOf(a).mod(modulus);
        BigInteger y = BigInteger.valueOf(b).mod(modulus);
        BigInteger signedX = signed(x, bits);
        BigInteger signedY = signed(y, bits);
        int shift = y.mod(BigInteger.valueOf(bits)).intValueExact();
        boolean byZero = y.signum() == 0;
        BigInteger result = switch (step.code) {
            case Opcode.BPF_ADD -> x.add(y);
            case Opcode.BPF_SUB -> x.subtract(y);
            case Opcode.BPF_MUL -> x.multiply(y);
            case Opcode.BPF_DIV -> byZero ? BigInteger.ZERO : step.signed ? signedX.divide(signedY) : x.divide(y);
            case Opcode.BPF_MOD -> byZero ? x : step.signed ? signedX.remainder(signedY) : x.remainder(y);
            case Opcode.BPF_OR -> x.or(y);
            case Opcode.BPF_AND -> x.and(y);
            case Opcode.BPF_XOR -> x.xor(y);
            case Opcode.BPF_LSH -> x.shiftLeft(shift);
            case Opcode.BPF_RSH -> x.shiftRight(shift);
            case Opcode.BPF_ARSH -> signedX.shiftRight(shift);
            case Opcode.BPF_NEG -> x.negate();
            default -> y;
        };
        return result.mod(modulus).longValue();
    }

    private static BigInteger signed(BigInteger number, int bits) {
        return number.testBit(bits - 1) ? number.subtract(TWO.pow(bits)) : number;
    }
}

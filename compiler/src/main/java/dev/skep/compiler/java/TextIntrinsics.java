package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Methods of {@code String} and {@code dev.skep.lang.Text}: on literals, and on text in bytes, which is looked at byte by byte. */
final class TextIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    private static final String STRING = "java/lang/String";
    private static final String TEXT = "dev/skep/lang/Text";
    private static final FieldType.Number BYTE =
            FieldType.number(ConstantDescs.CD_byte, true, false).orElseThrow();

    /** The code for each byte is written out. */
    private static final int LONGEST = 64;

    static {
        put(TEXT, "of", "([B)Ljava/lang/String;", TextIntrinsics::of);
        put(TEXT, "copy", "(Ljava/lang/String;[B)V", TextIntrinsics::copy);
        put(STRING, "hashCode", "()I", call -> scan(call, TextIntrinsics::hash, String::hashCode));
        put(STRING, "length", "()I", call -> scan(call, TextIntrinsics::increment, String::length));
        put(STRING, "isEmpty", "()Z", call -> compare(call, call.argument(0), "", true));
        put(STRING, "charAt", "(I)C", TextIntrinsics::charAt);
        put(STRING, "equals", "(Ljava/lang/Object;)Z", TextIntrinsics::equal);
        put(STRING, "startsWith", "(Ljava/lang/String;)Z", TextIntrinsics::startsWith);
    }

    private TextIntrinsics() {}

    private static void put(String owner, String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(owner, name, descriptor), intrinsic);
    }

    private static Optional<Operand> of(Call call) {
        if (!(call.argument(0) instanceof Operand.Array array)) {
            throw call.argument(0) instanceof Operand.Unknown
                    ? new AlreadyRefused()
                    : new Refusal("Text.of", "the array is no part of a struct and no local array", "pass one");
        }
        if (array.length() > LONGEST) {
            throw new Refusal(
                    "Text.of",
                    "the array has " + array.length() + " bytes, and the code to look at each would be long",
                    "use an array of at most " + LONGEST + " bytes, or compare the bytes that matter");
        }
        return Optional.of(new Operand.TextInBytes(array));
    }

    private static Optional<Operand> copy(Call call) {
        String text = literal(call, call.argument(0));
        if (!(call.argument(1) instanceof Operand.Array(Value pointer, FieldType element, int length))) {
            throw new Refusal("Text.copy", "the array is no part of a struct and no local array", "pass one");
        }
        for (int i = 0; i < length; i++) {
            char character = i < text.length() ? text.charAt(i) : 0;
            call.emitter().store(pointer, i, BYTE, Constant.of((byte) character));
        }
        return Optional.empty();
    }

    private static String literal(Call call, Operand operand) {
        return switch (operand) {
            case Operand.Text(String text) -> text;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        call.name(),
                        "which text it is has to be known where the program is compiled",
                        "use a literal, or compare each of two texts in bytes with literals");
        };
    }

    /** Folds the characters up to the end, from 0 on. */
    private static Optional<Operand> scan(Call call, Step step, ToIntFunction<String> ofLiteral) {
        if (call.argument(0) instanceof Operand.Text(String text)) {
            return Optional.of(new Operand.Number(Constant.of(ofLiteral.applyAsInt(text))));
        }
        Operand.Array bytes = bytes(call, call.argument(0));
        Emitter emitter = call.emitter();
        Variable result = new Variable("scanned", Int.I32);
        Block end = emitter.newBlock("end_of_text");
        Value value = Constant.of(0);
        for (int i = 0; i < bytes.length(); i++) {
            Value next = emitter.load(bytes.pointer(), i, BYTE);
            emitter.builder().write(result, value);
            Block more = emitter.newBlock("more_text");
            emitter.branch(Comparison.EQUAL, next, Constant.of(0), end, more);
            emitter.continueIn(more);
            value = step.apply(emitter, value, next);
        }
        emitter.builder().write(result, value);
        emitter.jump(end);
        emitter.continueIn(end);
        return Optional.of(new Operand.Number(emitter.builder().read(result)));
    }

    /** What comes of a value and the next character. */
    private interface Step {
        Value apply(Emitter emitter, Value value, Value next);
    }

    private static Value hash(Emitter emitter, Value value, Value next) {
        return emitter.binary(
                BinaryOperator.ADD, emitter.binary(BinaryOperator.MULTIPLY, value, Constant.of(31)), next);
    }

    private static Value increment(Emitter emitter, Value value, Value next) {
        return emitter.binary(BinaryOperator.ADD, value, Constant.of(1));
    }

    private static Operand.Array bytes(Call call, Operand operand) {
        return switch (operand) {
            case Operand.TextInBytes(Operand.Array array) -> array;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        call.name(), "strings in BPF are literals and what Text.of gives", "use one of these");
        };
    }

    /** Where there is no such character, the program ends. */
    private static Optional<Operand> charAt(Call call) {
        Emitter emitter = call.emitter();
        Value index = call.number(1);
        if (call.argument(0) instanceof Operand.Text(String text)) {
            int at = (int) call.constant(1);
            if (at < 0 || at >= text.length()) {
                throw new Refusal("charAt(" + at + ")", "\"" + text + "\" has no such character", "use one within");
            }
            return Optional.of(new Operand.Number(Constant.of(text.charAt(at))));
        }
        Operand.Array bytes = bytes(call, call.argument(0));
        Operand length = scan(call, TextIntrinsics::increment, String::length).orElseThrow();
        emitter.require(Comparison.LESS, index, call.machine().number(length));
        // For the verifier, which does not know how the length was found.
        emitter.require(Comparison.LESS, index, Constant.of(bytes.length()));
        Value offset = emitter.extend(Int.I32, false, index, Int.I64);
        return Optional.of(new Operand.Number(emitter.load(emitter.offset(bytes.pointer(), offset), 0, BYTE)));
    }

    private static Optional<Operand> equal(Call call) {
        boolean literalFirst = call.argument(0) instanceof Operand.Text;
        Operand other = literalFirst ? call.argument(1) : call.argument(0);
        return compare(call, other, literal(call, call.argument(literalFirst ? 0 : 1)), true);
    }

    private static Optional<Operand> startsWith(Call call) {
        return compare(call, call.argument(0), literal(call, call.argument(1)), false);
    }

    /** @param whole whether nothing may follow */
    private static Optional<Operand> compare(Call call, Operand operand, String literal, boolean whole) {
        if (operand instanceof Operand.Text(String text)) {
            return Optional.of(Machine.truth(whole ? text.equals(literal) : text.startsWith(literal)));
        }
        Operand.Array bytes = bytes(call, operand);
        boolean possible = literal.length() <= bytes.length() && literal.chars().allMatch(c -> c > 0 && c < 256);
        return Optional.of(
                possible ? new Operand.Number(compare(call.emitter(), bytes, literal, whole)) : Machine.truth(false));
    }

    private static Value compare(Emitter emitter, Operand.Array bytes, String literal, boolean whole) {
        Variable result = new Variable("equal", Int.I32);
        Block different = emitter.newBlock("different");
        Block end = emitter.newBlock("compared");
        String wanted = whole && literal.length() < bytes.length() ? literal + "\0" : literal;
        for (int i = 0; i < wanted.length(); i++) {
            Block same = emitter.newBlock("same");
            Value next = emitter.load(bytes.pointer(), i, BYTE);
            emitter.branch(Comparison.EQUAL, next, Constant.of(wanted.charAt(i)), same, different);
            emitter.continueIn(same);
        }
        emitter.builder().write(result, Constant.of(1));
        emitter.jump(end);
        if (!wanted.isEmpty()) {
            emitter.continueIn(different);
            emitter.builder().write(result, Constant.of(0));
            emitter.jump(end);
        }
        emitter.continueIn(end);
        return emitter.builder().read(result);
    }
}

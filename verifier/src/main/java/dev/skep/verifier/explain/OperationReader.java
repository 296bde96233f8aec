package dev.skep.verifier.explain;

import dev.skep.verifier.explain.Operation.Operand;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an instruction as the kernel's log writes it ({@code print_bpf_insn} in kernel/bpf/disasm.c), with or without the
 * operation code in front.
 */
final class OperationReader {
    private record Form(Pattern pattern, Function<MatchResult, Operation> meaning) {
        static Form of(String pattern, Function<MatchResult, Operation> meaning) {
            return new Form(Pattern.compile(pattern), meaning);
        }
    }

    private static final Pattern OPCODE = Pattern.compile("^\\([0-9a-f]{2}\\) ");
    private static final String OPERAND = "([rw]\\d+|-?(?:0x)?[0-9a-f]+)";
    private static final String MEMORY = "\\*\\(([us])(\\d+) \\*\\)\\(r(\\d+) ?([+-] ?\\d+)\\)";

    private static final List<Form> FORMS = List.of(
            Form.of("if ([rw])(\\d+) (\\S+) " + OPERAND + " goto pc([+-]\\d+)", OperationReader::branch),
            Form.of("r(\\d+) = " + MEMORY, OperationReader::load),
            Form.of(MEMORY + " = " + OPERAND, OperationReader::store),
            Form.of("lock " + MEMORY + " \\S+ r(\\d+)", m -> atomic(m, 1, number(m, 5), -1)),
            Form.of(
                    "r(\\d+) = atomic\\w*\\(\\(([us])(\\d+) \\*\\)\\(r(\\d+) ([+-]\\d+)\\), (?:r0, )?r(\\d+)\\)",
                    m -> atomic(m, 2, number(m, 6), number(m, 1))),
            Form.of("call pc([+-]\\d+)", m -> new Operation.Call("pc" + m.group(1), true)),
            Form.of("call (.+)", m -> new Operation.Call(m.group(1).replaceFirst("#-?\\d+$", ""), false)),
            Form.of("(?:goto|gotol) pc([+-]\\d+)", m -> new Operation.Jump(number(m, 1))),
            Form.of("exit", m -> new Operation.Exit()),
            Form.of("([rw])(\\d+) = (?:\\(s(8|16|32)\\))?" + OPERAND, OperationReader::move),
            Form.of(
                    "([rw])(\\d+) = (?:-|be|le|bswap).*",
                    m -> new Operation.Arithmetic(
                            number(m, 2),
                            "neg",
                            new Operand.Constant(0),
                            m.group(1).equals("r"))),
            Form.of(
                    "([rw])(\\d+) (\\S+)= " + OPERAND,
                    m -> new Operation.Arithmetic(
                            number(m, 2),
                            m.group(3),
                            operand(m.group(4)),
                            m.group(1).equals("r"))),
            Form.of("r(\\d+) = \\*\\(.*skb.*", m -> new Operation.Other(number(m, 1))),
            Form.of("r(\\d+) = (.+)", m -> new Operation.Address(number(m, 1), m.group(2))));

    private OperationReader() {}

    /** What the instruction with this text does. */
    static Operation read(String text) {
        String instruction = OPCODE.matcher(text).replaceFirst("").strip();
        for (Form form : FORMS) {
            Matcher matcher = form.pattern().matcher(instruction);
            if (matcher.matches()) {
                return form.meaning().apply(matcher.toMatchResult());
            }
        }
        return new Operation.Other(-1);
    }

    private static Operation branch(MatchResult m) {
        return new Operation.Branch(
                number(m, 2), m.group(3), operand(m.group(4)), m.group(1).equals("r"), number(m, 5));
    }

    private static Operation load(MatchResult m) {
        return new Operation.Load(
                number(m, 1),
                number(m, 4),
                number(m, 5),
                number(m, 3) / 8,
                m.group(2).equals("s"));
    }

    private static Operation store(MatchResult m) {
        return new Operation.Store(number(m, 3), number(m, 4), number(m, 2) / 8, operand(m.group(5)));
    }

    /** @param first the group with the kind of the memory's type */
    private static Operation atomic(MatchResult m, int first, int source, int fetched) {
        return new Operation.Atomic(
                number(m, first + 2), number(m, first + 3), number(m, first + 1) / 8, source, fetched);
    }

    private static Operation move(MatchResult m) {
        int signBits = m.group(3) == null ? 0 : number(m, 3);
        return new Operation.Move(number(m, 2), operand(m.group(4)), m.group(1).equals("r"), signBits);
    }

    private static Operand operand(String text) {
        if (text.charAt(0) == 'r' || text.charAt(0) == 'w') {
            return new Operand.Register(Integer.parseInt(text.substring(1)));
        }
        return new Operand.Constant(constant(text));
    }

    private static long constant(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        long value = digits.startsWith("0x")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseUnsignedLong(digits.chars().allMatch(Character::isDigit) ? digits : "0");
        return negative ? -value : value;
    }

    private static int number(MatchResult m, int group) {
        return Integer.parseInt(m.group(group).replace(" ", "").replace("+", ""));
    }
}

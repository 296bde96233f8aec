package dev.skep.linux.usdt;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a note says where its probe's arguments are: for each {@code SIZE@OPERAND}, a negative size for a signed one, the
 * operand as the machine's assembler writes it.
 *
 * <pre>
 *  x86-64    8@%rdi   -4@$-1   2@-8(%rbp)   4@(%rsp)   1@16(%rbx,%rax,8)
 *  AArch64   8@x0     -4@-1    2@[sp, 12]   4@[x29]
 * </pre>
 */
public abstract sealed class ArgumentSyntax permits X86ArgumentSyntax, Aarch64ArgumentSyntax {
    /** x86-64. */
    public static final ArgumentSyntax X86_64 = new X86ArgumentSyntax();

    /** AArch64. */
    public static final ArgumentSyntax AARCH64 = new Aarch64ArgumentSyntax();

    /** A number as assemblers write it. */
    static final String NUMBER = "([+-]?(?:0x[0-9a-fA-F]+|[0-9]+))";

    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;

    /** A size, and an operand, which may have spaces inside brackets. */
    private static final Pattern ARGUMENT =
            Pattern.compile("\\s*(-?)([1248])@((?:[^\\s\\[(]|\\[[^\\]]*\\]|\\([^)]*\\))+)(?=\\s|$)");

    ArgumentSyntax() {}

    /** The one for a machine. @param machine {@code EM_*} of the binary @throws InputException if there is none */
    public static ArgumentSyntax of(int machine, Location where) {
        return switch (machine) {
            case EM_X86_64 -> X86_64;
            case EM_AARCH64 -> AARCH64;
            default ->
                throw new InputException(
                        where,
                        "this is for a machine (EM " + machine + ") whose probes' arguments are not known here",
                        "only those of x86-64 and AArch64 are");
        };
    }

    /**
     * Reads all arguments of a probe.
     *
     * @param where the binary and the probe, for messages
     * @throws InputException if one is no operand, or one that no program can fetch
     */
    public List<UsdtArgument> parse(String text, Location where) {
        List<UsdtArgument> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(text);
        int at = 0;
        while (!text.substring(at).isBlank()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw unknown(arguments.size(), text.substring(at).strip(), where);
            }
            String operand = matcher.group(3);
            int number = arguments.size();
            ArgumentPlace place = operand(operand).orElseThrow(() -> unknown(number, operand, where));
            arguments.add(new UsdtArgument(
                    Integer.parseInt(matcher.group(2)), !matcher.group(1).isEmpty(), place));
            at = matcher.end();
        }
        return List.copyOf(arguments);
    }

    private static InputException unknown(int number, String operand, Location where) {
        return new InputException(
                where,
                "argument " + number + " is said to be at '" + operand + "'",
                "programs can fetch constants, integer registers, and memory at a register");
    }

    /** The text that {@link #parse} reads as these arguments. */
    public String print(List<UsdtArgument> arguments) {
        return arguments.stream()
                .map(argument -> (argument.signed() ? "-" : "") + argument.size() + "@" + print(argument.place()))
                .collect(Collectors.joining(" "));
    }

    abstract Optional<ArgumentPlace> operand(String text);

    abstract String print(ArgumentPlace place);

    /** A number; 0 if there is none, empty if it does not fit. */
    static Optional<Long> number(String text) {
        try {
            return Optional.of(text.isEmpty() ? 0 : Long.decode(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

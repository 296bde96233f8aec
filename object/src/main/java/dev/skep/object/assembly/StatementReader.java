package dev.skep.object.assembly;

import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.TextStyle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the labels and the instruction of a line into a {@link CodeBuilder}. */
final class StatementReader {
    /** The name llvm-objdump shows behind a jump: {@code " <prog+0x20>"}. */
    private static final Pattern JUMP_NOTE = Pattern.compile("gotol?\\s+\\S+(\\s+<[^<>\\s]+>)\\s*$");

    private final Expressions expressions;

    StatementReader(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The tokens of the line's code, a jump's note left out. */
    static TokenReader tokens(SourceLine line) throws Mistake {
        return new TokenReader(Lexer.tokens(withoutNote(line.code()), line.start()));
    }

    private static String withoutNote(String code) {
        Matcher note = JUMP_NOTE.matcher(code);
        return note.find() ? code.substring(0, note.start(1)) : code;
    }

    /** Reads labels at the start of the line. */
    static void readLabels(TokenReader in, CodeBuilder code) throws Mistake {
        while (in.peek().kind() == Token.Kind.NAME && in.peekSecond().is(":")) {
            Token name = in.take();
            in.take();
            if (Operands.registerNamed(name).isPresent()) {
                throw new Mistake(name, "a register cannot be a label", "give the label another name");
            }
            code.label(name);
        }
    }

    /** Reads the instruction that is the rest of the line. */
    void readInstruction(SourceLine line, TokenReader in, CodeBuilder code) throws Mistake {
        code.add(InstructionParser.parse(in, expressions), line);
    }

    /**
     * The instruction a listing's bytes stand for, if the text beside them is what a listing shows for those: text alone may
     * be ambiguous. A text that was changed counts more than the bytes.
     */
    static Optional<Instruction> fromBytes(SourceLine line) throws Mistake {
        if (line.encoded().isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = line.encoded().get().toArray();
        boolean whole = (bytes[0] == 0x18) == (bytes.length == 16);
        String shown = normalized(withoutNote(line.code()).substring(line.start()));
        if (!whole || !EncodedSlots.isFaithful(bytes, 0)) {
            if (shown.isEmpty() || shown.equals(Disassembler.UNKNOWN)) {
                throw new Mistake(line.start() + 1, 1, "the bytes are no instruction", "");
            }
            return Optional.empty();
        }
        Instruction instruction = EncodedSlots.decode(bytes, 0);
        boolean unchanged = shown.isEmpty() || shown.equals(Disassembler.UNKNOWN);
        for (TextStyle style : TextStyle.values()) {
            unchanged |= shown.equals(normalized(Disassembler.text(instruction, style)));
        }
        return unchanged ? Optional.of(instruction) : Optional.empty();
    }

    private static String normalized(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** The instruction whose bytes, two digits each, follow {@code .raw}. */
    static Instruction raw(Token directive, List<Token> words) throws Mistake {
        byte[] code = new byte[words.size()];
        for (int i = 0; i < code.length; i++) {
            if (!words.get(i).text().matches("[0-9A-Fa-f]{2}")) {
                throw new Mistake(
                        words.get(i), "expected a byte, found " + words.get(i).described(), "two digits: 0f");
            }
            code[i] = (byte) Integer.parseInt(words.get(i).text(), 16);
        }
        boolean wide = code.length > 0 && code[0] == 0x18;
        if (code.length != (wide ? 16 : 8)) {
            throw new Mistake(
                    directive,
                    ".raw takes the bytes of one instruction: 8, or 16 if the first is 18; found " + code.length,
                    "");
        }
        if (!EncodedSlots.isFaithful(code, 0) || (wide && (code[2] != 0 || code[3] != 0))) {
            throw new Mistake(directive, "the bytes 3, 4 and 9 to 12 of an lddw must be 00", "");
        }
        return EncodedSlots.decode(code, 0);
    }
}

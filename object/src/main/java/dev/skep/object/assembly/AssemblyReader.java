package dev.skep.object.assembly;

import dev.skep.object.instruction.Instruction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a text line by line, going on after mistakes; subclasses say where code goes and what directives there are. */
abstract class AssemblyReader {
    /** So many mistakes in a text mean that it is none in this language: the rest is not read. */
    private static final int MOST_ERRORS = 100;

    private final String source;
    private final List<AssemblyError> errors = new ArrayList<>();
    private final Expressions expressions = new Expressions();
    private final StatementReader statements = new StatementReader(expressions);

    AssemblyReader(String source) {
        this.source = source;
    }

    /** Where labels and instructions go. @param at the first token of the line, for a mistake */
    abstract CodeBuilder code(Token at) throws Mistake;

    /** A listing's section begins. */
    abstract void section(String name, SourceLine line) throws Mistake;

    /** A listing's symbol stands here. */
    abstract void symbol(Token name, SourceLine line) throws Mistake;

    /** The instruction above refers to {@code symbol}. */
    abstract void relocation(Token symbol) throws Mistake;

    /** A directive other than {@code .raw} and {@code .constant}. @param arguments what follows its name */
    abstract void directive(Token name, List<Token> arguments, SourceLine line) throws Mistake;

    final Expressions expressions() {
        return expressions;
    }

    final void add(Mistake mistake, SourceLine line) {
        errors.add(mistake.in(source, line));
    }

    /** Ends the reading if there were mistakes. */
    final void throwIfMistaken() {
        if (!errors.isEmpty()) {
            errors.sort(Comparator.comparingInt(AssemblyError::line).thenComparingInt(AssemblyError::column));
            throw new AssemblyException(Collections.unmodifiableList(errors));
        }
    }

    final void read(String text) {
        for (SourceLine line : SourceLines.of(text)) {
            if (errors.size() >= MOST_ERRORS) {
                return;
            }
            try {
                read(line);
            } catch (Mistake mistake) {
                add(mistake, line);
            }
        }
    }

    private void read(SourceLine line) throws Mistake {
        switch (LineKind.of(line)) {
            case LineKind.Blank blank -> {}
            case LineKind.SectionHeading(String name) -> section(name, line);
            case LineKind.SymbolHeading(Token name) -> symbol(name, line);
            case LineKind.RelocationNote(Token name) -> relocation(name);
            case LineKind.Omission omission ->
                throw new Mistake(
                        1, line.text().length(), "the listing leaves out zero bytes here", "they are no instructions");
            case LineKind.Assembly assembly -> readStatement(line);
        }
    }

    private void readStatement(SourceLine line) throws Mistake {
        Optional<Instruction> encoded = StatementReader.fromBytes(line);
        if (encoded.isPresent()) {
            Token start = new Token(Token.Kind.NAME, line.statement(), line.start() + 1);
            code(start).add(ParsedInstruction.of(encoded.get()), line);
            return;
        }
        if (line.statement().startsWith(".")) {
            List<Token> words = Words.of(line);
            if (!words.getFirst().text().endsWith(":")) {
                readDirective(words, line);
                return;
            }
        }
        TokenReader in = StatementReader.tokens(line);
        CodeBuilder code = code(in.peek());
        StatementReader.readLabels(in, code);
        if (in.peek().kind() != Token.Kind.END) {
            statements.readInstruction(line, in, code);
        }
    }

    private void readDirective(List<Token> words, SourceLine line) throws Mistake {
        Token name = words.getFirst();
        List<Token> arguments = words.subList(1, words.size());
        switch (name.text()) {
            case ".raw" -> code(name).add(ParsedInstruction.of(StatementReader.raw(name, arguments)), line);
            case ".constant" -> defineConstant(name, arguments, line);
            default -> directive(name, arguments, line);
        }
    }

    /** {@code .constant NAME VALUE}. */
    private void defineConstant(Token directive, List<Token> arguments, SourceLine line) throws Mistake {
        if (arguments.size() < 2) {
            throw new Mistake(directive, ".constant takes a name and a value", ".constant MAX_SIZE 1500");
        }
        Token name = arguments.getFirst();
        boolean proper = name.text().matches("[A-Za-z_][A-Za-z0-9_]*")
                && Operands.registerNamed(name).isEmpty();
        if (!proper) {
            throw new Mistake(name, name.text() + " cannot name a constant", "letters, digits and underscores");
        }
        TokenReader value =
                new TokenReader(Lexer.tokens(line.code(), arguments.get(1).column() - 1));
        long constant = expressions.parse(value);
        value.expectEnd();
        if (!expressions.define(name.text(), constant)) {
            throw new Mistake(name, name.text() + " is defined a second time", "");
        }
    }
}

package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CDefinitions;
import dev.skep.trace.cdefinition.KnownTypes;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does what the lines of C in a script say: leaves out what {@code #if} excludes, reads the definitions of types, and replaces
 * names that {@code #define} defines. {@code #include} of the kernel's headers and of C's
 * does nothing: the types of the kernel are known without. Other headers are an error.
 */
public final class Preprocessor {
    private final CMacros macros = new CMacros();
    private final DirectiveReader directives;
    private final List<Token> declarations = new ArrayList<>();

    private Preprocessor(Diagnostics diagnostics) {
        this.directives = new DirectiveReader(macros, diagnostics);
    }

    /** What is left. @param script without what is excluded, its names replaced @param definitions the types it defines */
    public record Preprocessed(Script script, CDefinitions definitions) {}

    /**
     * Preprocesses a script.
     *
     * @param predefined names that are defined from the start and what they stand for, for example
     *     {@code BPFTRACE_HAVE_BTF} and {@code 1}
     * @param known types that definitions may use by value although the script does not define them
     * @param diagnostics takes what is wrong; what is wrong is left out of the answer
     */
    public static Preprocessed run(
            Script script, Map<String, String> predefined, KnownTypes known, Diagnostics diagnostics) {
        Preprocessor preprocessor = new Preprocessor(diagnostics);
        predefined.forEach(preprocessor::predefine);
        List<Script.Item> kept = preprocessor.kept(script);
        Span end = new Span(
                script.source(),
                script.source().text().length(),
                script.source().text().length());
        CTokens tokens = new CTokens(preprocessor.macros.expanded(preprocessor.declarations), end, diagnostics);
        CDefinitions definitions = new CDeclarationParser(tokens, known).definitions();
        MacroExpander expander = new MacroExpander(preprocessor.macros, diagnostics);
        List<Script.Item> expanded = kept.stream().map(expander::item).toList();
        return new Preprocessed(new Script(script.source(), expanded, script.comments()), definitions);
    }

    private void predefine(String name, String value) {
        SourceText text = new SourceText(name, value);
        Span all = new Span(text, 0, value.length());
        macros.define(new CMacro(name, Optional.empty(), all, DirectiveReader.tokens(text, 0, value.length())));
    }

    private List<Script.Item> kept(Script script) {
        List<Script.Item> kept = new ArrayList<>();
        for (Script.Item item : script.items()) {
            switch (item) {
                case Script.Directive directive -> {
                    directives.read(directive.span());
                    kept.add(item);
                }
                case Script.Definition definition -> {
                    define(definition.span());
                    kept.add(item);
                }
                default -> {
                    if (directives.isActive()) {
                        kept.add(item);
                    }
                }
            }
        }
        directives.end();
        return kept;
    }

    private void define(Span definition) {
        int before = declarations.size();
        for (Token token : DirectiveReader.tokens(definition.source(), definition.start(), definition.end())) {
            if (token.is(TokenKind.DIRECTIVE)) {
                directives.read(token.span());
            } else if (directives.isActive()) {
                declarations.add(token);
            }
        }
        if (declarations.size() > before && !declarations.getLast().is(TokenKind.SEMICOLON)) {
            Span last = declarations.getLast().span();
            declarations.add(new Token(TokenKind.SEMICOLON, last, ";", 0));
        }
    }
}

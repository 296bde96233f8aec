package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.tree.Script;
import java.util.List;

/** Reads scripts in the language of bpftrace. */
public final class Parser {
    /** How deep parentheses and braces may nest. */
    static final int DEEPEST_NESTING = 256;
    /** How many operands one level of an expression may have. */
    static final int LONGEST_CHAIN = 1000;

    private Parser() {}

    /**
     * The tree of a script. What is wrong with it is said to {@code diagnostics}: several errors in one run, as reading goes on
     * after each; what could not be read is missing in the tree.
     */
    public static Script parse(SourceText source, Diagnostics diagnostics) {
        TokenStream tokens = new TokenStream(source, diagnostics);
        List<Script.Item> items = new ItemParser(tokens).items();
        tokens.next();
        return new Script(source, items, tokens.comments());
    }
}

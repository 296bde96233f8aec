package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.source.Diagnostic;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import java.util.List;

/** Parses for tests. */
final class ScriptAssert {
    private ScriptAssert() {}

    /** The tree of a script without errors. */
    static Script parsed(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(new SourceText("stdin", text), diagnostics);
        assertThat(diagnostics.render()).as(text).isEmpty();
        return script;
    }

    /** What is said about a script. */
    static String said(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Parser.parse(new SourceText("stdin", text), diagnostics);
        return diagnostics.render();
    }

    /** What is said about a script that has errors. */
    static List<Diagnostic> errors(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Parser.parse(new SourceText("stdin", text), diagnostics);
        assertThat(diagnostics.hasErrors()).as(text).isTrue();
        return diagnostics.all();
    }

    /** The statements of the only probe. */
    static List<Statement> statements(String text) {
        Script.Probe probe = (Script.Probe) parsed(text).items().getLast();
        return probe.body().statements();
    }

    /** The expression that {@code $v} is assigned, read from its text. */
    static Expression expression(String text) {
        Statement.Assign assign =
                (Statement.Assign) statements("begin { $v = " + text + "; }").getFirst();
        return assign.value();
    }
}

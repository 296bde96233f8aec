package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import java.util.HashSet;
import java.util.Set;

/** What macros may not have: two parameters of one name, and statements that leave what they are called in. */
final class MacroRules extends Rewriter {
    private final Diagnostics diagnostics;
    private int loops;

    private MacroRules(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports what is wrong with a macro. */
    static void check(Script.Macro macro, Diagnostics diagnostics) {
        Set<String> names = new HashSet<>();
        for (Expression parameter : macro.parameters()) {
            String name = parameter.span().text();
            if (!names.add(name)) {
                String kind = switch (parameter) {
                    case Expression.Variable variable -> "Variable";
                    case Expression.MapName map -> "Map";
                    default -> "Ident";
                };
                diagnostics.error(parameter.span(), kind + " for macro argument has already been used: " + name);
            }
        }
        MacroRules rules = new MacroRules(diagnostics);
        rules.statements(macro.body());
        macro.result().ifPresent(rules::expression);
    }

    @Override
    public Statement statement(Statement statement) {
        boolean isLoop = statement instanceof Statement.While
                || statement instanceof Statement.ForMap
                || statement instanceof Statement.ForRange;
        loops += isLoop ? 1 : 0;
        switch (statement) {
            case Statement.Return exit -> refuse(exit.span(), "return");
            case Statement.Break exit when loops == 0 -> refuse(exit.span(), "break");
            case Statement.Continue exit when loops == 0 -> refuse(exit.span(), "continue");
            default -> {
                // Stays in the macro.
            }
        }
        Statement same = super.statement(statement);
        loops -= isLoop ? 1 : 0;
        return same;
    }

    private void refuse(Span place, String word) {
        diagnostics.error(place, "'" + word + "' statement is not allowed in a macro");
    }
}

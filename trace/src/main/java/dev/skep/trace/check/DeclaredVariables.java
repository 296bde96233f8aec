package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import java.util.HashSet;
import java.util.Set;

/** Collects the variables that a macro's body makes itself: by an assignment, by {@code let}, by a loop. */
final class DeclaredVariables extends Rewriter {
    private final Set<String> names = new HashSet<>();

    private DeclaredVariables() {}

    /** Their names. */
    static Set<String> of(Script.Macro macro) {
        DeclaredVariables found = new DeclaredVariables();
        found.statements(macro.body());
        macro.result().ifPresent(found::expression);
        return found.names;
    }

    @Override
    public Statement statement(Statement statement) {
        switch (statement) {
            case Statement.Assign assign
            when assign.target() instanceof Expression.Variable variable -> names.add(variable.name());
            case Statement.Let let -> names.add(let.variable().name());
            case Statement.ForMap loop -> names.add(loop.element().name());
            case Statement.ForRange loop -> names.add(loop.counter().name());
            default -> {
                // Declares nothing.
            }
        }
        return super.statement(statement);
    }
}

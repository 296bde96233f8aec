package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Statement;

/** Looks for statements in an expression that put something into a map. */
final class Assignments extends Rewriter {
    private boolean found;

    private Assignments() {}

    static boolean changeMaps(Expression expression) {
        Assignments search = new Assignments();
        search.expression(expression);
        return search.found;
    }

    @Override
    public Statement statement(Statement statement) {
        found |= statement instanceof Statement.Assign assign && !(assign.target() instanceof Expression.Variable);
        return super.statement(statement);
    }
}

package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Declares before a condition what both of its branches assign and what follows reads. Before blocks had scopes of their own, bpftrace
 * let such variables live on, and the tools that distributions ship (tcpdrop.bt) rely on it. Conditions that are constants are left
 * as they are.
 */
final class BranchVariables extends Rewriter {
    private final Diagnostics diagnostics;
    private final Deque<Set<String>> visible = new ArrayDeque<>();

    BranchVariables(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    @Override
    protected List<Statement> statements(List<Statement> statements) {
        List<Statement> result = new ArrayList<>();
        visible.push(new HashSet<>());
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            if (statement instanceof Statement.If choice) {
                for (String name : outliving(choice, statements.subList(i + 1, statements.size()))) {
                    result.add(declaration(choice, name));
                }
            }
            result.add(statement(statement));
            assigned(statement).ifPresent(visible.element()::add);
        }
        visible.pop();
        return result;
    }

    /** A loop's variable is visible in its body. */
    @Override
    public Statement statement(Statement statement) {
        Optional<String> counter = switch (statement) {
            case Statement.ForMap loop -> Optional.of(loop.element().name());
            case Statement.ForRange loop -> Optional.of(loop.counter().name());
            default -> Optional.empty();
        };
        visible.push(counter.map(Set::of).orElse(Set.of()));
        Statement rewritten = super.statement(statement);
        visible.pop();
        return rewritten;
    }

    private Statement declaration(Statement.If choice, String name) {
        diagnostics.warning(
                choice.condition().span(),
                "$" + name + " is used after the branches that assign it, where it is not visible any more",
                "Declare it before them: let $" + name + ";");
        visible.element().add(name);
        Expression.Variable variable = new Expression.Variable(choice.span(), name);
        return new Statement.Let(choice.span(), variable, Optional.empty(), Optional.empty());
    }

    private Set<String> outliving(Statement.If choice, List<Statement> following) {
        if (choice.whenFalse().isEmpty() || Constants.number(choice.condition()).isPresent()) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>(assigned(choice.whenTrue()));
        names.retainAll(assigned(choice.whenFalse().get()));
        names.removeIf(name -> visible.stream().anyMatch(scope -> scope.contains(name)));
        names.removeIf(name -> !FirstMention.isRead(name, following));
        return names;
    }

    /** What a block assigns whichever way it goes. */
    private static Set<String> assigned(Statement.Block block) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> declared = new HashSet<>();
        for (Statement statement : block.statements()) {
            if (statement instanceof Statement.Let let) {
                declared.add(let.variable().name());
            }
            assigned(statement).ifPresent(names::add);
            if (statement instanceof Statement.If choice && choice.whenFalse().isPresent()) {
                Set<String> both = assigned(choice.whenTrue());
                both.retainAll(assigned(choice.whenFalse().get()));
                names.addAll(both);
            }
        }
        names.removeAll(declared);
        return names;
    }

    private static Optional<String> assigned(Statement statement) {
        return switch (statement) {
            case Statement.Assign assign
            when assign.target() instanceof Expression.Variable variable -> Optional.of(variable.name());
            case Statement.Let let -> Optional.of(let.variable().name());
            default -> Optional.empty();
        };
    }

    /** Whether statements read a variable before they assign it. */
    private static final class FirstMention extends Rewriter {
        private final String name;
        private boolean read;
        private boolean assigned;

        private FirstMention(String name) {
            this.name = name;
        }

        static boolean isRead(String name, List<Statement> statements) {
            FirstMention mention = new FirstMention(name);
            mention.statements(statements);
            return mention.read;
        }

        /** What a block assigns is gone after it. */
        @Override
        protected List<Statement> statements(List<Statement> statements) {
            boolean before = assigned;
            List<Statement> same = super.statements(statements);
            assigned = before;
            return same;
        }

        @Override
        public Statement statement(Statement statement) {
            switch (statement) {
                case Statement.Assign assign
                when assign.operator().isEmpty() && assign.target() instanceof Expression.Variable target -> {
                    expression(assign.value());
                    assigned |= target.name().equals(name);
                }
                case Statement.Let let -> {
                    let.value().ifPresent(this::expression);
                    assigned |= let.variable().name().equals(name);
                }
                default -> super.statement(statement);
            }
            return statement;
        }

        @Override
        protected Expression.Variable variable(Expression.Variable variable) {
            read |= !assigned && variable.name().equals(name);
            return variable;
        }
    }
}

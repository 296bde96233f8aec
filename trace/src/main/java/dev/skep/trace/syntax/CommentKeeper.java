package dev.skep.trace.syntax;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Hands out the comments of a script, each once: those before something, those on its line after it, and those within it that are
 * not in braces of their own, which then come before it.
 */
final class CommentKeeper {
    private final SourceText source;
    private final TreeMap<Integer, Span> left = new TreeMap<>();

    CommentKeeper(Script script) {
        this.source = script.source();
        script.comments().forEach(comment -> left.put(comment.start(), comment));
    }

    /** Those that begin before this place. */
    List<Span> before(int offset) {
        List<Span> all = new ArrayList<>(left.headMap(offset).values());
        left.headMap(offset).clear();
        return all;
    }

    /** Those within something, but not within the blocks in it. */
    List<Span> within(Span span, List<Span> blocks) {
        List<Span> all = left.subMap(span.start(), span.end()).values().stream()
                .filter(comment -> blocks.stream().noneMatch(block -> contains(block, comment)))
                .toList();
        all.forEach(comment -> left.remove(comment.start()));
        return all;
    }

    /** Those of one line that stand on the line where something ends, up to what is next. */
    List<Span> after(int end, int next) {
        List<Span> all = new ArrayList<>();
        int line = source.line(Math.max(0, end - 1));
        for (Span comment : List.copyOf(left.subMap(end, Math.max(end, next)).values())) {
            boolean fits = source.line(comment.start()) == line && source.line(comment.end() - 1) == line;
            if (!fits) {
                break;
            }
            all.add(comment);
            left.remove(comment.start());
        }
        return all;
    }

    private static boolean contains(Span block, Span comment) {
        return block.start() < comment.start() && comment.end() <= block.end();
    }

    /** The blocks in a statement, also those within its expressions. */
    static List<Span> blocks(Statement statement) {
        Blocks blocks = new Blocks();
        blocks.statement(statement);
        return blocks.found;
    }

    /** The blocks in an expression. */
    static List<Span> blocks(Expression expression) {
        Blocks blocks = new Blocks();
        blocks.expression(expression);
        return blocks.found;
    }

    /** The blocks of what stands at the outermost level. */
    static List<Span> blocks(Script.Item item) {
        Blocks blocks = new Blocks();
        blocks.item(item);
        if (item instanceof Script.Macro macro) {
            blocks.found.add(body(macro));
        } else if (item instanceof Script.Config config) {
            blocks.found.add(config.span());
        }
        return blocks.found;
    }

    /** The braces of a macro: from after its parameters to its end. */
    static Span body(Script.Macro macro) {
        int from = macro.parameters().stream()
                .map(parameter -> parameter.span().end())
                .max(Comparator.naturalOrder())
                .orElse(macro.span().start());
        int brace = macro.span().source().text().indexOf('{', from);
        return new Span(
                macro.span().source(), Math.max(brace, from), macro.span().end());
    }

    /** Looks at all of a tree for its blocks. */
    private static final class Blocks extends Rewriter {
        private final List<Span> found = new ArrayList<>();

        @Override
        protected Statement.Block block(Statement.Block block) {
            boolean isElseIf = block.statements().size() == 1
                    && block.statements().getFirst().span().equals(block.span());
            if (!isElseIf) {
                found.add(block.span());
            }
            return super.block(block);
        }

        @Override
        public Statement statement(Statement statement) {
            return statement instanceof Statement.Block block ? block(block) : super.statement(statement);
        }

        @Override
        public Expression expression(Expression expression) {
            if (expression instanceof Expression.BlockExpression block && !isElseIf(block)) {
                found.add(block.span());
            }
            return super.expression(expression);
        }

        private static boolean isElseIf(Expression.BlockExpression block) {
            return block.statements().isEmpty() && block.result().span().equals(block.span());
        }
    }
}

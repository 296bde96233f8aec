package dev.skep.object.assembly;

/** A mistake at some columns of the line being read; never seen outside, it becomes an {@link AssemblyError}. */
final class Mistake extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;
    private final int length;
    private final String problem;
    private final String advice;

    /** @param column 1-based */
    Mistake(int column, int length, String problem, String advice) {
        super(problem, null, false, false);
        this.column = column;
        this.length = length;
        this.problem = problem;
        this.advice = advice;
    }

    Mistake(Token token, String problem, String advice) {
        this(token.column(), Math.max(1, token.text().length()), problem, advice);
    }

    AssemblyError in(String source, SourceLine line) {
        return new AssemblyError(source, line.number(), column, length, line.text(), problem, advice);
    }
}

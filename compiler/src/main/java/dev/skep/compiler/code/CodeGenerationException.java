package dev.skep.compiler.code;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;

/** A function that is fine as such, but that BPF has no instructions for: its frame is too large, a jump too far. */
public final class CodeGenerationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Function function;
    private final transient Position position;
    private final String problem;
    private final String advice;

    /**
     * A refusal.
     *
     * @param position the place in the source that is to blame, the function's if it is no single one
     * @param problem what is wrong: the rest of a sentence that begins with the function
     * @param advice what to do about it
     */
    CodeGenerationException(Function function, Position position, String problem, String advice) {
        super(position + ": function " + function.name() + " " + problem + "; " + advice);
        this.function = function;
        this.position = position;
        this.problem = problem;
        this.advice = advice;
    }

    /** The function that cannot be compiled. */
    public Function function() {
        return function;
    }

    /** Where the source asks for what cannot be done. */
    public Position position() {
        return position;
    }

    /** What is wrong: the rest of a sentence that begins with the function. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}

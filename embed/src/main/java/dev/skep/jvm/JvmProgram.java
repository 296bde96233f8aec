package dev.skep.jvm;

import dev.skep.engine.Execution;
import dev.skep.engine.JavaBody;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A program as Java code.
 *
 * @param method with no parameter, or with the context
 * @param aborted what it returns where Java throws and BPF ends the program: after a division by zero, an index out of range, a
 *     constant of an enum that is null, a failed {@code assert}
 */
record JvmProgram(ProgramClasses classes, MethodHandle method, int aborted) implements JavaBody {
    @Override
    public long run(Execution execution, long context) {
        try (JavaRun run = new JavaRun(classes, execution)) {
            return run.call(() -> invoke(run, context));
        } catch (ContinuedElsewhere elsewhere) {
            return elsewhere.result();
        } catch (ArithmeticException | IndexOutOfBoundsException | NullPointerException | AssertionError thrown) {
            return aborted;
        }
    }

    private long invoke(JavaRun run, long context) {
        try {
            Object result = method.type().parameterCount() == 0
                    ? method.invoke()
                    : method.invoke(run.struct(method.type().parameterType(0), context));
            return returned(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a program threw a checked exception", e);
        }
    }

    private static long returned(@Nullable Object result) {
        return result == null ? 0 : JavaNumber.value(result);
    }
}

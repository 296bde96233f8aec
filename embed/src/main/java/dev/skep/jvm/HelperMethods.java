package dev.skep.jvm;

import dev.skep.engine.helper.HelperTable;
import dev.skep.object.program.HelperId;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the engine's helper functions with Java's arguments. */
final class HelperMethods {
    private static final int ARGUMENTS = 5;

    private HelperMethods() {}

    /** A helper by its number. @param arguments r1 and so on */
    static long call(JavaRun run, HelperId helper, long... arguments) {
        long[] r = new long[ARGUMENTS];
        System.arraycopy(arguments, 0, r, 0, arguments.length);
        return HelperTable.find(helper)
                .orElseThrow(() -> new UnsupportedOperationException(helper.functionName()
                        + " is a helper function that the engine does not have: run the program in the kernel"))
                .function()
                .call(run.execution(), r[0], r[1], r[2], r[3], r[4]);
    }

    /**
     * A helper that a method of {@code dev.skep.lang} stands for: numbers are passed as 64 bits, contexts and maps as addresses,
     * other structs and arrays as their address and their size in bytes.
     */
    static long call(JavaRun run, HelperForm form, @Nullable Object[] arguments) {
        List<Long> registers = new ArrayList<>();
        List<Runnable> after = new ArrayList<>();
        for (Object argument : form.order(arguments)) {
            Object present = Objects.requireNonNull(
                    argument, () -> "an argument of " + form.helper().functionName());
            add(run, present, form.sizes(), registers, after);
        }
        long result = call(
                run,
                form.helper(),
                registers.stream().mapToLong(Long::longValue).toArray());
        after.forEach(Runnable::run);
        return result;
    }

    private static void add(JavaRun run, Object argument, boolean sizes, List<Long> registers, List<Runnable> after) {
        if (argument instanceof Located struct) {
            registers.add(struct.place$().address());
            if (sizes && !run.classes().isContext(struct.getClass())) {
                registers.add((long) run.classes().size(struct.getClass()));
            }
        } else if (argument.getClass().isArray()) {
            int size = JavaNumber.type(argument.getClass().getComponentType()).size();
            registers.add(run.addressOf(argument, after));
            registers.add((long) size * Array.getLength(argument));
        } else if (argument instanceof Number || argument instanceof Boolean || argument instanceof Character) {
            registers.add(JavaNumber.value(argument));
        } else {
            registers.add(run.classes().maps().of(argument).handle());
        }
    }
}

package dev.skep.verifier.explain;

import dev.skep.verifier.Cause;
import java.util.List;
import java.util.Optional;

/** What to do about a rejection, for programs that are written in Java: in its words, and those of {@code dev.skep.lang}. */
final class JavaAdvice {
    private JavaAdvice() {}

    /** The same advice for who reads Java. Changes of the source are left out: they are written in C. */
    static Advice of(Advice general, Evidence evidence) {
        Cause cause = evidence.refused().cause();
        String suggestion = cause == Cause.NULLABLE_POINTER
                ? nullable(evidence)
                : suggestion(cause).orElse(general.suggestion());
        return new Advice(general.message(), suggestion, List.of());
    }

    private static String nullable(Evidence evidence) {
        String name = Naming.ofPointer(evidence.chain(), evidence.place(), evidence.writes())
                .filter(text -> text.matches("\\w+"))
                .orElse("value");
        return "compare it with null before it is used, a number that was looked up (`Long`, `Integer`) before it is unboxed: `if ("
                + name + " == null) { " + new MemoryAdvice(evidence).returning() + " }`";
    }

    private static Optional<String> suggestion(Cause cause) {
        String words = switch (cause) {
            case PACKET_BOUNDS ->
                "take each header by `context.packet(offset, Header.class)`, compare it with null, and take it again after calls that may move the packet";
            case MAP_VALUE_BOUNDS, MEMORY_BOUNDS ->
                "compute the index right before it is used, with a mask (`array[i & 63]`) or after a comparison with the array's length";
            case LENGTH_ARGUMENT ->
                "bound the length from both sides right before the call: `if (length < 1 || length > 64) { return 0; }`";
            case UNBOUNDED_LOOP ->
                "give the loop a constant bound that its counter moves towards (`for (int i = 0; i < 64; i++)`), or use Loop.times, Loop.timesWhile or Loop.mayContinue()";
            case TOO_COMPLEX ->
                "make loops shorter, use Loop.times, whose body is verified once, or let a method be verified once with @Global";
            case STACK_SIZE ->
                "keep large structs in a map (a PerCpuArray with one entry does), or call fewer methods from one another";
            case READ_ONLY_MEMORY ->
                "copy it to a struct of your own and write there; @Configurable fields, literals and some packets are read-only";
            case KERNEL_OBJECT_ACCESS ->
                "read the kernel's structures by the fields of a class with @KernelName, and do not write to them";
            case SLEEPING ->
                "annotate the program with @Sleepable where its type allows that, or use what does not sleep";
            case LICENSE -> "leave out @License, which makes it GPL, if the program may be under it";
            case TOO_NEW ->
                "ask by Kernel.has(...) before, compile for the kernel that it is for (--kernel), or run a newer one";
            case GLOBAL_FUNCTION_ARGUMENT ->
                "give a method with @Global numbers, the context, or structs, compared with null inside; or leave out @Global";
            case TYPE_INFORMATION -> "compile the class anew, and leave the object's .BTF and .BTF.ext in";
            default -> "";
        };
        return Optional.of(words).filter(text -> !text.isEmpty());
    }
}

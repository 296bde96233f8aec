package dev.skep.compiler.java;

import java.util.Optional;

/** What a method means in BPF that is not what its bytecode says. */
@FunctionalInterface
interface Intrinsic {
    /** Adds it to the function. @return the result, empty for {@code void} */
    Optional<Operand> lower(Call call);

    /** What a table of these is searched by. @param descriptor of the method: {@code (II)I} */
    record Method(String owner, String name, String descriptor) {}
}

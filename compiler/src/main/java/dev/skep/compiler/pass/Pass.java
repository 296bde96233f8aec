package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Function;

/** A change for the better that leaves what the function does as it is. */
interface Pass {
    /** Changes {@code function} where it can. @return whether it changed anything */
    boolean run(Function function);
}

package dev.skep.compiler.ir;

/** Something an instruction can use. Instructions and block parameters are told apart by identity, constants by content. */
public sealed interface Value permits Constant, BlockParameter, Instruction {
    /** Its type. */
    Type type();
}

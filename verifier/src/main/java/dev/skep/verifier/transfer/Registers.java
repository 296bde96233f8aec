package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Value;

/** Reading and writing registers, with the rules that hold for all of them. */
final class Registers {
    private Registers() {}

    /** The value to be read. @throws Refusal if there is none */
    static Value read(ProgramState state, int register) {
        Value value = state.register(register);
        if (value.isUninitialized()) {
            throw Refusal.ofRegister(Cause.UNINITIALIZED_REGISTER, register, "R" + register + " !read_ok");
        }
        return value;
    }

    /** @throws Refusal if the register is the frame pointer */
    static void checkWritable(int register) {
        if (register == Frame.FRAME_POINTER) {
            throw Refusal.ofRegister(Cause.INVALID_INSTRUCTION, register, "frame pointer is read only");
        }
    }

    /** The pointer that an access goes through. @throws Refusal if it is none */
    static Pointer pointer(ProgramState state, int register) {
        Value value = read(state, register);
        if (value instanceof Pointer pointer) {
            return pointer;
        }
        throw Refusal.ofRegister(Cause.SCALAR_AS_POINTER, register, "R" + register + " invalid mem access 'scalar'");
    }
}

package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import java.util.List;
import java.util.Optional;

/**
 * Makes loads of zeros that the verifier does not know: what is read from the middle of a number that was written is any number to it
 * (check_stack_read_fixed_off of kernel/bpf/verifier.c), unless all of that is zero. Nothing may be forwarded from stores to loads
 * afterwards.
 */
final class HiddenZeros {
    private static final int SLOT_BYTES = 8;

    /** Its upper half is the zero. */
    private static final long WRITTEN = 1;

    private static final int UPPER_HALF = 4;

    private HiddenZeros() {}

    static void make(Function function) {
        StackSlot slot = new StackSlot("zero", SLOT_BYTES, SLOT_BYTES);
        for (Block block : function.blocks()) {
            List<Instruction> instructions = block.instructions();
            for (int i = 0; i < instructions.size(); i++) {
                Instruction zero = instructions.get(i);
                if (zero.operation() instanceof Operation.HiddenZero) {
                    Instruction address = new Instruction(new Operation.StackAddress(slot), zero.position());
                    instructions.add(i++, address);
                    instructions.add(
                            i++,
                            new Instruction(
                                    new Operation.Store(address, 0, Int.I64, Constant.of(WRITTEN), Optional.empty()),
                                    zero.position()));
                    zero.replace(new Operation.Load(address, UPPER_HALF, Int.I32, false, Int.I32, Optional.empty()));
                }
            }
        }
    }
}

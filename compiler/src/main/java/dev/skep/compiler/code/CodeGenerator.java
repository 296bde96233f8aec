package dev.skep.compiler.code;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.StackSlot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generates BPF code for one function at a time: instruction selection, register allocation, layout of frame and blocks, encoding.
 *
 * <pre>{@code
 * CompiledFunction code = CodeGenerator.generate(function, Target.DEFAULT);
 * }</pre>
 */
public final class CodeGenerator {
    private CodeGenerator() {}

    /**
     * The code of {@code function}, which stays as it is. Arguments are expected in r1 to r5; of those with 32 bits, the upper
     * halves of their registers may hold anything. So may that of a result with 32 bits, but not of programs and callbacks: theirs
     * is zero.
     *
     * @param function passes {@link dev.skep.compiler.ir.IntegrityChecker}
     * @throws CodeGenerationException if BPF cannot express it: more than 512 bytes of stack, more than five arguments, an atomic
     *     operation that came after {@code target}, a jump too far
     */
    public static CompiledFunction generate(Function function, Target target) {
        MachineFunction machine = Selection.select(function, target);
        Set<StackSlot> spillSlots = RegisterAllocation.allocate(machine);
        JumpThreading.thread(machine);
        ExitSharing.share(machine);
        JumpThreading.thread(machine);
        LoopInversion.invert(machine);
        Map<StackSlot, StackSlot> shared = new HashMap<>(SpillSlots.share(machine, spillSlots));
        shared.putAll(SlotSharing.share(function));
        Frame frame = new Frame(machine, shared);
        List<MachineBlock> order = ExitSharing.copy(machine, Layout.order(machine));
        return Encoding.encode(machine, target, order, frame);
    }
}

package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Function.Linkage;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation.CallFunction;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.Return;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.List;

/**
 * Puts static functions in the place of calls: small ones, those that are called once, and always those that could not be called or
 * would keep the caller's variables in memory: with more than five arguments, or pointers to the caller's frame.
 */
final class Inlining {
    /** Registers that arguments are passed in, r1 to r5. */
    private static final int ARGUMENT_REGISTERS = 5;

    /** So many instructions are hardly more than a call with what it does to registers. */
    private static final int SMALL = 24;

    /** A function that has grown to so many instructions takes in no more of those that need not be. */
    private static final int LARGE = 4000;

    private final CallGraph calls;

    Inlining(CallGraph calls) {
        this.calls = calls;
    }

    /** Inlines what {@code function} calls; its callees should have been through this before. @return whether it changed anything */
    boolean run(Function function) {
        boolean changed = false;
        // Blocks are added behind as the list is gone through; what is copied in has been inlined into already.
        for (int i = 0; i < function.blocks().size(); i++) {
            Block block = function.blocks().get(i);
            for (int at = 0; at < block.instructions().size(); at++) {
                Instruction instruction = block.instructions().get(at);
                if (instruction.operation() instanceof CallFunction call && isWanted(call, function)) {
                    inline(call, instruction, block, at, function);
                    changed = true;
                    break;
                }
            }
        }
        return changed;
    }

    private boolean isWanted(CallFunction call, Function caller) {
        Function callee = call.function();
        if (callee.linkage() != Linkage.STATIC || callee.isSeparate()) {
            return false;
        }
        boolean isNecessary = call.arguments().size() > ARGUMENT_REGISTERS
                || call.arguments().stream().anyMatch(Inlining::pointsIntoFrame);
        int size = size(callee);
        return isNecessary || ((size <= SMALL || calls.calls(callee) == 1) && size(caller) + size <= LARGE);
    }

    private static boolean pointsIntoFrame(Value value) {
        return value.type() instanceof Pointer pointer && pointer.provenance() == Pointer.Provenance.STACK;
    }

    private static int size(Function function) {
        return function.blocks().stream()
                .mapToInt(block -> block.instructions().size() + 1)
                .sum();
    }

    private static void inline(CallFunction call, Instruction instruction, Block block, int at, Function function) {
        Block rest = function.addBlock(block.name());
        List<Instruction> behind =
                block.instructions().subList(at + 1, block.instructions().size());
        rest.instructions().addAll(behind);
        rest.terminate(block.terminator());
        behind.clear();
        block.instructions().remove(at);
        FunctionCopy copy = new FunctionCopy(call.function(), function);
        Edge entering = new Edge(copy.of(call.function().entry()), call.arguments());
        block.terminate(new Jump(entering, instruction.position()));
        boolean hasResult = instruction.type() != Type.Nothing.VOID;
        copy.all().forEach(inlined -> {
            if (inlined.terminator() instanceof Return leave) {
                List<Value> result = hasResult ? leave.value().stream().toList() : List.of();
                inlined.terminate(new Jump(new Edge(rest, result), leave.position()));
            }
        });
        if (hasResult) {
            Substitution substitution = new Substitution();
            substitution.put(instruction, rest.addParameter(call.function().name(), instruction.type()));
            substitution.applyTo(function);
        }
    }
}

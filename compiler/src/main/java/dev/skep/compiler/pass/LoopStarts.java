package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hides from the verifier which number a loop starts with whose rounds the kernel limits. If it knew it, and a comparison behind
 * the loop depended on it, it would follow all rounds (a number that decided something is precise, and not forgotten:
 * mark_chain_precision of kernel/bpf/verifier.c).
 */
final class LoopStarts {
    /** Bytes of the slot that numbers go through. */
    private static final int SLOT_BYTES = 8;

    /**
     * Where in the slot the number is. What is read from the middle of a number that was written is any number to the verifier
     * (check_stack_read_fixed_off), unless all of that is zero.
     */
    private static final int OFFSET = 4;

    private final StackSlot slot = new StackSlot("start", SLOT_BYTES, SLOT_BYTES);

    private LoopStarts() {}

    static void hide(Function function) {
        LoopStarts starts = new LoopStarts();
        ForgottenNumbers forgotten = new ForgottenNumbers(function);
        for (Loops.Loop loop : Loops.of(function).all()) {
            if (forgotten.isHead(loop.head())) {
                loop.entries().forEach(entry -> starts.hide(entry, loop));
            }
        }
    }

    private void hide(ControlFlow.Incoming entry, Loops.Loop loop) {
        Edge edge = entry.edge();
        List<Value> arguments = new ArrayList<>(edge.arguments());
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof Constant constant && isHidden(constant, i, loop)) {
                arguments.set(i, hidden(constant, entry.from()));
            }
        }
        Edges.set(entry, new Edge(edge.target(), arguments));
    }

    /** Of 64 bits only what is read as 32 is. What never changes is left to the verifier. */
    private static boolean isHidden(Constant start, int index, Loops.Loop loop) {
        BlockParameter parameter = loop.head().parameters().get(index);
        boolean changes = loop.ways().stream()
                .map(way -> way.edge().arguments().get(index))
                .anyMatch(next -> next != parameter && !next.equals(start));
        return changes
                && (start.type() == Int.I32 || (start.type() == Int.I64 && start.value() >>> Int.I32.bits() == 0));
    }

    private Value hidden(Constant start, Block before) {
        Position position = before.terminator().position();
        Instruction address = Loops.append(before, new Operation.StackAddress(slot), position);
        Constant written = Constant.of((start.value() << Int.I32.bits()) | 1);
        Loops.append(before, new Operation.Store(address, 0, Int.I64, written, Optional.empty()), position);
        Operation read = new Operation.Load(address, OFFSET, Int.I32, false, start.type(), Optional.empty());
        return Loops.append(before, read, position);
    }
}

package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a call of the kernel's helper in the place of a loop over a map whose body has become a function.
 *
 * <p>What numbers are before the first round is hidden from the verifier. If it knew them, it would follow all rounds (from Linux 6.7
 * on), or take them for what they are in the first round or behind it for ever (before, when it looked at one round only).
 */
final class LoopCall {
    private final EntryLoop loop;
    private final Function body;
    private final LoopContext shared;
    private final boolean isFollowedOnce;
    private final Block head;

    /**
     * @param body the function
     * @param isFollowedOnce whether there are verifiers that look at one round only
     */
    LoopCall(EntryLoop loop, Function body, LoopContext shared, boolean isFollowedOnce) {
        this.loop = loop;
        this.body = body;
        this.shared = shared;
        this.isFollowedOnce = isFollowedOnce;
        this.head = loop.head();
    }

    void make() {
        Edge done = loop.done();
        Value subject = loop.subject();
        head.instructions().remove(loop.next());
        loop.function().blocks().forEach(block -> block.instructions().remove(loop.entries()));
        Value context = shared.isEmpty()
                ? Constant.nullPointer(Pointer.nullable(Pointer.Provenance.STACK))
                : add(head, new Operation.StackAddress(shared.slot()));
        fill(context);
        Block behind = loop.function().addBlock("behind");
        Block calling = isFollowedOnce ? perhaps(behind) : head;
        Value callback = add(calling, new Operation.FunctionAddress(body));
        List<Value> arguments = List.of(subject, callback, context, Constant.of(0L));
        HelperId helper = loop.isOfRounds() ? HelperId.LOOP : HelperId.FOR_EACH_MAP_ELEM;
        add(calling, new Operation.CallHelper(helper, arguments, Type.Nothing.VOID));
        calling.terminate(new Terminator.Jump(Edge.to(behind), loop.position()));
        goOn(behind, context, done);
    }

    private Instruction add(Block block, Operation operation) {
        return Loops.append(block, operation, loop.position());
    }

    /** The verifier has to consider that there may be no round at all. */
    private Block perhaps(Block behind) {
        Block calling = loop.function().addBlock("rounds");
        head.terminate(new Terminator.Branch(
                Comparison.EQUAL,
                add(head, new Operation.HiddenZero()),
                Constant.of(0),
                Edge.to(calling),
                Edge.to(behind),
                loop.position()));
        return calling;
    }

    private void fill(Value context) {
        shared.changed().forEach(this::hideContents);
        for (Value value : shared.captured()) {
            if (!LoopContext.isMadeAgain(value)) {
                add(head, shared.store(context, value, value));
            }
        }
        for (BlockParameter parameter : head.parameters()) {
            Value start = parameter.type() instanceof Int ? hidden(parameter) : parameter;
            add(head, shared.store(context, parameter, start));
        }
        shared.needed().forEach(value -> add(head, shared.clear(context, value)));
        if (!shared.ways().isEmpty()) {
            add(head, shared.storeWay(context, 0));
        }
    }

    /** The same number, of which the verifier knows nothing. */
    private Value hidden(Value number) {
        Value zero = add(head, new Operation.HiddenZero());
        return number.type() == Int.I32 ? combined(BinaryOperator.XOR, number, zero) : hidden(number, zero);
    }

    private Value hidden(Value number, Value zero) {
        Value lower = add(head, new Operation.Extend(Int.I32, false, zero, Int.I64));
        Value upper = combined(BinaryOperator.SHIFT_LEFT, lower, Constant.of((long) Int.I32.bits()));
        return combined(BinaryOperator.XOR, number, combined(BinaryOperator.OR, lower, upper));
    }

    private Value combined(BinaryOperator operator, Value left, Value right) {
        return add(head, new Operation.Binary(operator, left, right));
    }

    /** A struct in the frame that the body may change. Front ends fill it when they make it. */
    private void hideContents(Instruction address) {
        StackSlot slot = ((Operation.StackAddress) address.operation()).slot();
        int at = 0;
        while (at < slot.size()) {
            Int width = Int.ofBytes(Math.min(Int.I64.bytes(), Integer.highestOneBit(slot.size() - at)));
            Int type = width == Int.I64 ? Int.I64 : Int.I32;
            Value number = add(head, new Operation.Load(address, at, width, false, type, Optional.empty()));
            add(head, new Operation.Store(address, at, width, hidden(number), Optional.empty()));
            at += width.bytes();
        }
    }

    /** Reads what the loop leaves behind, and goes the way by which it was left. */
    private void goOn(Block behind, Value context, Edge done) {
        Substitution now = new Substitution();
        List<Value> left = new ArrayList<>(head.parameters());
        left.addAll(shared.needed());
        left.forEach(value -> now.put(value, add(behind, shared.load(context, value))));
        if (shared.ways().isEmpty()) {
            behind.terminate(new Terminator.Jump(done, loop.position()));
        } else {
            Value way = add(behind, shared.loadWay(context));
            List<Terminator.Switch.Case> cases = new ArrayList<>();
            for (Edge edge : shared.ways()) {
                cases.add(new Terminator.Switch.Case(cases.size() + 1L, edge));
            }
            behind.terminate(new Terminator.Switch(way, cases, done, loop.position()));
        }
        loop.function().blocks().stream().filter(block -> block != head).forEach(now::applyTo);
    }
}

package dev.skep.compiler.pass;

import dev.skep.compiler.code.Target;
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
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.Return;
import dev.skep.compiler.ir.Value;
import dev.skep.object.KernelVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a function of the body of one loop over a map. Values that go from round to round, and those that are needed behind the loop,
 * lie in the frame of the function that has the loop; the body reads them when a round starts, and writes them when it ends.
 */
final class LoopBody {
    /** What the kernel goes on with the next entry for, and what it stops for. */
    private static final int MORE = 0;

    private static final int NO_MORE = 1;

    /** The first whose verifier follows callbacks for more than one round (commit ab5cfac139ab). */
    private static final KernelVersion ROUNDS_FOLLOWED_SINCE = new KernelVersion(6, 7);

    private final EntryLoop loop;
    private final Function function;
    private final Function body;
    private final boolean isFollowedOnce;
    private final LoopContext shared = new LoopContext();
    private final Map<Value, Block> homes = new HashMap<>();
    private final Substitution inBody = new Substitution();

    LoopBody(EntryLoop loop, Function body, Target target) {
        this.loop = loop;
        this.function = loop.function();
        this.body = body;
        this.isFollowedOnce = target.kernel().compareTo(ROUNDS_FOLLOWED_SINCE) < 0;
    }

    void takeOut() {
        refusePointers();
        loop.blocks().forEach(this::leaveByReturnBehind);
        shareSlots();
        findValues();
        Block entry = enter();
        Map<Edge, Block> ends = new LinkedHashMap<>();
        Value context = body.parameters().getLast();
        List<Block> blocks = List.copyOf(loop.blocks());
        blocks.forEach(block -> Edges.map(block, edge -> redirected(edge, block, context, ends)));
        function.blocks().removeAll(blocks);
        body.blocks().addAll(blocks);
        entry.terminate(new Jump(loop.toBody(), loop.position()));
        body.blocks().forEach(inBody::applyTo);
        new LoopCall(loop, body, shared, isFollowedOnce).make();
    }

    private void refusePointers() {
        boolean carriesPointer =
                loop.head().parameters().stream().anyMatch(parameter -> parameter.type() instanceof Pointer);
        if (isFollowedOnce && carriesPointer) {
            throw loop.refusal(
                    "a variable that the loop sets holds a reference, and verifiers before Linux "
                            + ROUNDS_FOLLOWED_SINCE
                            + " look at one round of a loop over a map only, so that they take it for what it is before that",
                    "compile for a newer kernel (--kernel), or leave the loop when the variable is set");
        }
    }

    /** A return from within becomes a way out of the loop. */
    private void leaveByReturnBehind(Block block) {
        if (block.terminator() instanceof Return leave) {
            Block behind = function.addBlock("return");
            List<Value> results = leave.value().stream().toList();
            Optional<Value> returned = results.stream()
                    .map(result -> (Value) behind.addParameter("result", result.type()))
                    .findFirst();
            behind.terminate(new Return(returned, leave.position()));
            block.terminate(new Jump(new Edge(behind, results), leave.position()));
        }
    }

    /** Slots that are not for one round alone stay in the frame of the function, which passes their addresses. */
    private void shareSlots() {
        Substitution outside = new Substitution();
        for (StackSlot slot : SharedSlots.of(function, loop.blocks())) {
            Instruction address = new Instruction(new Operation.StackAddress(slot), loop.position());
            loop.head().instructions().addFirst(address);
            for (Block block : loop.blocks()) {
                block.instructions().stream()
                        .filter(i -> i.operation() instanceof Operation.StackAddress one && one.slot() == slot)
                        .forEach(i -> outside.put(i, address));
                block.instructions()
                        .removeIf(i -> i.operation() instanceof Operation.StackAddress one && one.slot() == slot);
            }
        }
        outside.applyTo(function);
    }

    private void findValues() {
        for (Block block : loop.blocks()) {
            block.parameters().forEach(parameter -> homes.put(parameter, block));
            block.instructions().forEach(instruction -> homes.put(instruction, block));
        }
        Set<Value> inside = homes.keySet();
        Set<Value> ofHead = new HashSet<>(loop.head().parameters());
        ofHead.add(loop.next());
        Set<Value> used = new LinkedHashSet<>(loop.toBody().arguments());
        loop.blocks().forEach(block -> used.addAll(uses(block)));
        used.stream()
                .filter(value -> !(value instanceof Constant) && !inside.contains(value) && !ofHead.contains(value))
                .forEach(shared.captured()::add);
        for (Block block : function.blocks()) {
            Set<Value> wanted = loop.blocks().contains(block) ? leaving(block) : uses(block);
            wanted.stream().filter(inside::contains).forEach(shared.needed()::add);
        }
        for (Value value : shared.captured()) {
            if (value instanceof Instruction instruction
                    && instruction.operation() instanceof Operation.StackAddress
                    && !loop.head().instructions().contains(instruction)
                    && SharedSlots.isWritten(instruction, loop.blocks())) {
                shared.changed().add(instruction);
            }
        }
        shared.setPlaces(loop.head().parameters());
    }

    /** What a block uses, and what it passes on. */
    private static Set<Value> uses(Block block) {
        Set<Value> uses = new LinkedHashSet<>();
        block.instructions()
                .forEach(instruction -> uses.addAll(instruction.operation().operands()));
        uses.addAll(block.terminator().operands());
        block.terminator().edges().forEach(edge -> uses.addAll(edge.arguments()));
        return uses;
    }

    /** What a block of the loop passes to blocks outside. */
    private Set<Value> leaving(Block block) {
        Set<Value> passed = new LinkedHashSet<>();
        block.terminator().edges().stream().filter(this::isLeaving).forEach(edge -> passed.addAll(edge.arguments()));
        return passed;
    }

    private boolean isLeaving(Edge edge) {
        return edge.target() != loop.head() && !loop.blocks().contains(edge.target());
    }

    /** What a round starts with. */
    private Block enter() {
        Block entry = body.addBlock("entry");
        if (loop.isOfRounds()) {
            entry.addParameter("index", Int.I32);
        } else {
            addEntryParameters(entry);
        }
        Value context = entry.addParameter("context", Pointer.to(Provenance.STACK));
        for (Value outer : shared.captured()) {
            Operation operation =
                    LoopContext.isMadeAgain(outer) ? ((Instruction) outer).operation() : shared.load(context, outer);
            inBody.put(outer, Loops.append(entry, operation, loop.position()));
        }
        for (BlockParameter parameter : loop.head().parameters()) {
            inBody.put(parameter, Loops.append(entry, shared.load(context, parameter), loop.position()));
        }
        inBody.put(loop.next(), Constant.of(1));
        return entry;
    }

    private void addEntryParameters(Block entry) {
        entry.addParameter("map", Pointer.to(Provenance.MAP));
        Value key = entry.addParameter("key", Pointer.to(Provenance.MAP_VALUE));
        Value value = entry.addParameter("value", Pointer.to(Provenance.MAP_VALUE));
        for (Block block : loop.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Operation.EntryAddress address
                        && address.next() == loop.next()) {
                    inBody.put(instruction, address.isKey() ? key : value);
                }
            }
            block.instructions()
                    .removeIf(i ->
                            i.operation() instanceof Operation.EntryAddress address && address.next() == loop.next());
        }
    }

    /** Edges out of the loop, and those to the next round, end the function. */
    private Edge redirected(Edge edge, Block from, Value context, Map<Edge, Block> ends) {
        if (edge.target() == loop.head()) {
            return Edge.to(goingOn(edge, context));
        }
        return isLeaving(edge) ? Edge.to(ends.computeIfAbsent(edge, e -> leaving(e, from, context))) : edge;
    }

    private Block goingOn(Edge edge, Value context) {
        Block first = body.addBlock("next");
        Block end = first;
        List<BlockParameter> parameters = loop.head().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Value next = edge.arguments().get(i);
            if (next != parameters.get(i)) {
                end = store(end, context, parameters.get(i), next);
            }
        }
        leave(end, MORE);
        return first;
    }

    private Block leaving(Edge edge, Block from, Value context) {
        shared.ways().add(edge);
        Block first = body.addBlock("leave");
        Block end = first;
        for (Value value : shared.needed()) {
            if (loop.dominates(Objects.requireNonNull(homes.get(value)), from)) {
                end = store(end, context, value, value);
            }
        }
        Loops.append(end, shared.storeWay(context, shared.ways().size()), loop.position());
        leave(end, NO_MORE);
        return first;
    }

    /**
     * Writes a value to its place. Null is written as a number: the verifier takes a pointer that it found to be null for a number
     * that may be another in the next round (regs_exact of kernel/bpf/verifier.c compares what it pointed to).
     *
     * @return where to go on
     */
    private Block store(Block block, Value context, Value place, Value now) {
        if (now instanceof Constant || !(now.type() instanceof Pointer pointer) || !pointer.nullable()) {
            Loops.append(block, shared.store(context, place, now), loop.position());
            return block;
        }
        Block isNull = body.addBlock("null");
        Block isThere = body.addBlock("there");
        Block join = body.addBlock("stored");
        block.terminate(new Terminator.Branch(
                Comparison.EQUAL,
                now,
                Constant.nullPointer(pointer),
                Edge.to(isNull),
                Edge.to(isThere),
                loop.position()));
        Loops.append(isNull, shared.clear(context, place), loop.position());
        Loops.append(isThere, shared.store(context, place, now), loop.position());
        isNull.terminate(new Jump(Edge.to(join), loop.position()));
        isThere.terminate(new Jump(Edge.to(join), loop.position()));
        return join;
    }

    private void leave(Block end, int result) {
        end.terminate(new Return(Optional.of(Constant.of(result)), loop.position()));
    }
}

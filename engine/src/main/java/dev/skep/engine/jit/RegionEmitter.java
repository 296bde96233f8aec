package dev.skep.engine.jit;

import dev.skep.engine.interpreter.CallStackLimits;
import dev.skep.engine.map.Maps;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Writes one method: the code of a region. */
final class RegionEmitter {
    /** Everything that is the same for all methods of a class. */
    record Setting(
            ClassConstants constants,
            CompiledProgram program,
            Maps maps,
            boolean checked,
            IntFunction<Functions.Target> functions,
            IntFunction<Integer> places) {}

    private final Region region;
    private final Setting setting;
    private final boolean metered;
    private final CodeBuilder code;
    private final ValueGraph graph;
    private final Variables variables;
    private final Bindings bindings;
    private final MemoryEmitter memory;
    private final ArithmeticEmitter arithmetic;
    private final ComparisonEmitter comparisons;
    private final CallEmitter calls;
    private final Meter meter;
    private final CountedLoops loops;
    private final int frame;
    private final boolean hasMayGoto;
    private final int mayGoto;
    private final List<Label> labels = new ArrayList<>();

    /** @param metered whether the method counts instructions */
    RegionEmitter(Region region, Setting setting, boolean metered, CodeBuilder code) {
        this.region = region;
        this.setting = setting;
        this.metered = metered;
        this.code = code;
        graph = new ValueGraph(region, Operation.REGISTERS);
        Constants known = new Constants(graph);
        loops = new CountedLoops(
                graph, known, entry -> setting.functions().apply(entry).cost());
        Facts facts = new Facts(graph, known, loops);
        bindings = new Bindings(graph, facts, setting.maps(), setting.program(), setting.checked());
        Demand demand = new Demand(graph, facts, bindings, loops, setting.checked());
        variables = new Variables(graph, facts, demand, new Webs(graph, facts, demand), code);
        int start = code.allocateLocal(TypeKind.LONG);
        meter = new Meter(code, metered, code.allocateLocal(TypeKind.LONG));
        hasMayGoto = Arrays.stream(region.operations).anyMatch(Operation.MayGoto.class::isInstance);
        mayGoto = code.allocateLocal(TypeKind.LONG);
        frame = region.whole ? code.parameterSlot(6) : code.allocateLocal(TypeKind.LONG);
        memory = new MemoryEmitter(code, variables, setting.constants(), setting.checked(), start);
        arithmetic = new ArithmeticEmitter(code, variables);
        comparisons = new ComparisonEmitter(code, variables);
        calls = new CallEmitter(
                code, variables, setting.constants(), memory, meter, setting.checked(), frame, setting.program());
    }

    /** Writes the method. */
    void emit() {
        for (int block = 0; block < region.blocks.length; block++) {
            labels.add(code.newLabel());
        }
        enter();
        for (int block = 0; block < region.blocks.length; block++) {
            if (isReached(block)) {
                code.labelBinding(labels.get(block));
                emitBlock(block);
            }
        }
        meter.finish();
    }

    private boolean isReached(int block) {
        return graph.atEnd[block] != null;
    }

    private void enter() {
        if (touchesMemory()) {
            memory.loadStart();
        }
        meter.reload();
        if (metered) {
            meter.chargeLoop(region.operations.length, region.slots[region.starts[region.entries[0]]]);
        }
        if (hasMayGoto) {
            if (region.whole) {
                code.loadConstant(CallStackLimits.MAY_GOTO).lstore(mayGoto);
            } else {
                code.aload(1).loadConstant(SplitState.MAY_GOTO).laload().lstore(mayGoto);
            }
        }
        if (!region.whole) {
            code.aload(1).loadConstant(Operation.FRAME_POINTER).laload().lstore(frame);
        }
        // Before the registers: one of them may share a variable with what a call leaves behind.
        variables.webs.unset().stream().forEach(variables::clear);
        for (int register = 0; register < Operation.REGISTERS; register++) {
            enterWith(register);
        }
        if (!region.whole) {
            dispatch();
        }
    }

    private void enterWith(int register) {
        int value = graph.entry(register);
        if (variables.facts.isConstant(value)) {
            variables.storeConstant(value);
        } else if (!variables.isUnused(value)) {
            if (!region.whole) {
                code.aload(1).loadConstant(register).laload();
            } else {
                code.lload(register == Operation.FRAME_POINTER ? frame : code.parameterSlot(register));
            }
            variables.storeLong(value);
        }
    }

    /** Goes to the block the region is entered at. */
    private void dispatch() {
        List<SwitchCase> cases = new ArrayList<>();
        for (int entry = 1; entry < region.entries.length; entry++) {
            cases.add(SwitchCase.of(entry, labels.get(region.entries[entry])));
        }
        Label first = labels.get(region.entries[0]);
        if (cases.isEmpty()) {
            code.goto_(first);
        } else {
            code.iload(2).tableswitch(1, region.entries.length - 1, first, cases);
        }
    }

    private boolean touchesMemory() {
        return Arrays.stream(region.operations)
                .anyMatch(operation -> operation instanceof Operation.Load
                        || operation instanceof Operation.Store
                        || operation instanceof Operation.CallHelper);
    }

    private void emitBlock(int block) {
        int end = region.starts[block + 1];
        for (int i = region.starts[block]; i < end; i++) {
            emit(i, block);
        }
        Operation last = region.operations[end - 1];
        if (!last.endsFlow()) {
            goTo(block, 0, end - 1, block + 1);
        }
    }

    private void emit(int i, int block) {
        int[] seen = graph.seen[i];
        int result = graph.result(i);
        int slot = region.slots[i];
        Operation operation = region.operations[i];
        if (variables.facts.isConstant(result)) {
            variables.storeConstant(result);
            return;
        }
        switch (operation) {
            case Operation.Constant ignored -> throw new AssertionError(operation);
            case Operation.Move move -> {
                if (!variables.isUnused(result)) {
                    arithmetic.move(move, seen[0], result);
                }
            }
            case Operation.InPlace inPlace -> {
                if (!variables.isUnused(result)) {
                    arithmetic.inPlace(inPlace, seen[0], result);
                }
            }
            case Operation.Arithmetic binary -> {
                if (!variables.isUnused(result)) {
                    arithmetic.arithmetic(binary, seen, result);
                }
            }
            case Operation.Load load -> memory.load(load, i, result, slot);
            case Operation.Store store -> memory.store(store, i, slot);
            case Operation.Atomic atomic -> memory.atomic(atomic, seen, result, slot);
            case Operation.PacketLoad load -> calls.packetLoad(load, seen, result, slot, this::leave);
            case Operation.CallHelper call -> calls.helper(bindings.of(i, call), i, result, slot);
            case Operation.CallFunction call ->
                calls.function(setting.functions().apply(call.entry()), seen, result, slot);
            case Operation.CallRegister ignored -> calls.register(seen, result, slot);
            case Operation.TailCall ignored -> calls.tail(seen, result, slot, this::leave);
            case Operation.Exit ignored -> {
                variables.pushLong(seen[0]);
                leave();
            }
            case Operation.Jump ignored -> goTo(block, 0, i, block + 1);
            case Operation.MayGoto ignored -> mayGoto(block, i);
            case Operation.Branch branch -> branch(branch, block, i);
        }
    }

    /** Ends the function with the long on the stack. */
    private void leave() {
        meter.save();
        if (region.whole) {
            code.lreturn();
        } else {
            int result = code.allocateLocal(TypeKind.LONG);
            code.lstore(result).aload(1).iconst_0().lload(result).lastore();
            code.loadConstant(SplitState.ENDED).ireturn();
        }
    }

    private void branch(Operation.Branch branch, int block, int i) {
        int target = region.successors[block][1];
        boolean direct = target != Region.OUTSIDE
                && !region.isBackEdge(block, target)
                && leftBy(block, target).findAny().isEmpty();
        if (direct) {
            comparisons.branch(branch, graph.seen[i], loops.meetsExactly(i), false, labels.get(target));
        } else {
            Label next = code.newLabel();
            comparisons.branch(branch, graph.seen[i], loops.meetsExactly(i), true, next);
            goTo(block, 1, i, -1);
            code.labelBinding(next);
        }
    }

    private void mayGoto(int block, int i) {
        Label end = code.newLabel();
        Label next = code.newLabel();
        code.lload(mayGoto).lconst_0().lcmp().ifeq(end);
        code.lload(mayGoto).lconst_1().lsub().lstore(mayGoto);
        code.goto_(next);
        code.labelBinding(end);
        goTo(block, 1, i, -1);
        code.labelBinding(next);
    }

    /** Goes to a successor. @param following the block whose code comes next */
    private void goTo(int block, int successor, int i, int following) {
        int target = region.successors[block][successor];
        int outside = region.outsideTarget(block, successor);
        boolean back = target == Region.OUTSIDE ? outside <= region.blocks[block] : region.isBackEdge(block, target);
        if (back && !isCounted(target)) {
            meter.chargeLoop(loopLength(outside, region.blocks[block]), region.slots[i]);
        }
        leftBy(block, target)
                .forEach(counted -> meter.chargeRounds(
                        counted, () -> variables.pushInt(graph.atEnd[block][counted.register()]), region.slots[i]));
        if (target == Region.OUTSIDE) {
            goOutside(block, outside);
        } else if (target != following) {
            code.goto_(labels.get(target));
        }
    }

    private boolean isCounted(int header) {
        return loops.all().stream().anyMatch(counted -> counted.loop().header() == header);
    }

    /** The counted loops that an edge leads out of. */
    private Stream<CountedLoops.Counted> leftBy(int from, int to) {
        return loops.all().stream()
                .filter(counted -> counted.loop().body().get(from)
                        && !counted.loop().body().get(to));
    }

    private long loopLength(int from, int to) {
        int first = Math.min(from, to);
        int last = Math.max(from, to);
        return region.flow.blocks.get(last).end()
                - (long) region.flow.blocks.get(first).first();
    }

    /** Writes the registers down and tells where to go on. */
    private void goOutside(int block, int target) {
        for (int register = 0; register < Operation.FRAME_POINTER; register++) {
            int value = graph.atEnd[block][register];
            if (value != graph.entry(register)) {
                code.aload(1).loadConstant(register);
                variables.pushLong(value);
                code.lastore();
            }
        }
        if (hasMayGoto) {
            code.aload(1).loadConstant(SplitState.MAY_GOTO).lload(mayGoto).lastore();
        }
        meter.save();
        code.loadConstant(setting.places().apply(target)).ireturn();
    }
}

package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Instruction selection: from the intermediate representation to machine instructions on virtual registers. */
final class Selection {
    private final Function function;
    private final Emission emission;
    private final Folding folding;
    private final ValueRegisters registers;
    private final ArithmeticSelection arithmetic;
    private final MemorySelection memory;
    private final CallSelection calls;
    private final ControlSelection control;
    private final Map<Block, MachineBlock> blocks = new IdentityHashMap<>();

    private Selection(Function function, Target target) {
        this.function = function;
        UpperHalves upperHalves = new UpperHalves(function, target.instructionSet());
        emission = new Emission(new MachineFunction(function), target);
        folding = new Folding(function, upperHalves);
        registers = new ValueRegisters(emission, folding, upperHalves);
        arithmetic = new ArithmeticSelection(emission, registers);
        memory = new MemorySelection(emission, folding, registers);
        calls = new CallSelection(emission, registers);
        control = new ControlSelection(emission, registers);
    }

    /** {@code function} as machine instructions. */
    static MachineFunction select(Function function, Target target) {
        return new Selection(function, target).select();
    }

    private MachineFunction select() {
        function.blocks().forEach(block -> blocks.put(block, emission.machine().addBlock()));
        takeArguments();
        for (Block block : function.blocks()) {
            emission.at(start(block));
            memory.forgetConstants();
            block.instructions().forEach(this::select);
            emission.at(block.terminator().position());
            end(block.terminator());
        }
        return emission.machine();
    }

    private MachineBlock start(Block block) {
        return Objects.requireNonNull(blocks.get(block));
    }

    private void takeArguments() {
        List<BlockParameter> parameters = function.parameters();
        if (parameters.size() > Registers.ARGUMENTS) {
            throw new CodeGenerationException(
                    function,
                    function.position(),
                    "has " + parameters.size() + " parameters, and BPF passes five",
                    "put some of them into a structure");
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (folding.uses(parameters.get(i)) > 0) {
                emission.move(registers.of(parameters.get(i)), Registers.FIRST_ARGUMENT + i);
            }
        }
        emission.go(start(function.entry()));
    }

    private void select(Instruction instruction) {
        if (!folding.isNeeded(instruction)
                || folding.original(instruction) != instruction
                || registers.isMadeAtUse(instruction)) {
            return;
        }
        emission.at(instruction.position());
        int result = instruction.type() == Type.Nothing.VOID || (isCall(instruction) && folding.uses(instruction) == 0)
                ? Registers.NONE
                : registers.of(instruction);
        select(result, instruction.operation());
        if (isCall(instruction)) {
            memory.forgetConstants();
        }
    }

    private static boolean isCall(Instruction instruction) {
        return switch (instruction.operation()) {
            case Operation.CallHelper call -> true;
            case Operation.CallKernelFunction call -> true;
            case Operation.CallFunction call -> true;
            default -> false;
        };
    }

    private void select(int result, Operation operation) {
        switch (operation) {
            case Operation.Binary binary -> arithmetic.binary(result, binary);
            case Operation.Negate negate -> arithmetic.negate(result, negate);
            case Operation.SwapBytes swap -> arithmetic.swapBytes(result, swap);
            case Operation.Extend extend -> arithmetic.extend(result, extend);
            case Operation.PointerAdd add -> arithmetic.pointerAdd(result, add);
            case Operation.PointerDifference difference -> arithmetic.pointerDifference(result, difference);
            case Operation.Compare compare -> control.compare(result, compare);
            case Operation.Reinterpret same -> registers.into(result, same.value());
            case Operation.GlobalAddress global ->
                registers.symbol(result, new Symbol.Global(global.section(), global.offset()));
            case Operation.KernelFunctionAddress address ->
                registers.symbol(result, new Symbol.KernelFunctionAddress(address.name()));
            case Operation.Relocated relocated -> relocated(result, relocated);
            case Operation.Load load -> memory.load(result, load);
            case Operation.Store store -> memory.store(store);
            case Operation.Atomic atomic -> memory.atomic(result, atomic);
            case Operation.CompareAndExchange exchange -> memory.compareAndExchange(result, exchange);
            case Operation.CallHelper call -> calls.helper(result, call);
            case Operation.CallKernelFunction call -> calls.kernelFunction(result, call);
            case Operation.CallFunction call -> calls.function(result, call);
            case Operation.Entries entries -> throw replaced(entries);
            case Operation.Rounds rounds -> throw replaced(rounds);
            case Operation.NextEntry next -> throw replaced(next);
            case Operation.EntryAddress address -> throw replaced(address);
            case Operation.HiddenZero zero -> throw replaced(zero);
            case Operation.StackAddress address -> throw madeAtUse(address);
            case Operation.MapAddress address -> throw madeAtUse(address);
            case Operation.FunctionAddress address -> throw madeAtUse(address);
        }
    }

    private static IllegalStateException replaced(Operation operation) {
        return new IllegalStateException(operation + " is replaced by the optimizer");
    }

    private static IllegalStateException madeAtUse(Operation operation) {
        return new IllegalStateException(operation + " is made where it is used");
    }

    private void relocated(int result, Operation.Relocated relocated) {
        long local = relocated.local();
        boolean wide = relocated.type().isWide();
        int opcode;
        if (wide && local != (int) local) {
            opcode = Opcode.LDDW;
        } else {
            opcode = (wide || !emission.hasNarrowArithmetic() ? Opcode.BPF_ALU64 : Opcode.BPF_ALU) | Opcode.BPF_MOV;
        }
        emission.add(emission.instruction(opcode, result, Registers.NONE, local)
                .withRelocation(relocated.kind(), relocated.path()));
    }

    private void end(Terminator end) {
        switch (end) {
            case Terminator.Jump jump -> {
                passArguments(jump.edge());
                emission.go(start(jump.edge().target()));
            }
            case Terminator.Branch branch -> {
                Folding.Condition condition = folding.condition(branch);
                control.branch(condition, way(branch.taken()), way(branch.otherwise()));
            }
            case Terminator.MayContinue loop ->
                emission.end(new MachineEnd.MayContinue(way(loop.more()), way(loop.exhausted()), emission.position()));
            case Terminator.Switch choice -> {
                Map<Terminator.Switch.Case, MachineBlock> ways = new HashMap<>();
                choice.cases().forEach(one -> ways.put(one, way(one.edge())));
                control.choose(choice, ways, way(choice.otherwise()));
            }
            case Terminator.Return exit -> leave(exit);
        }
    }

    private void leave(Terminator.Return exit) {
        boolean needsResult = exit.value().isPresent() || function.linkage() != Function.Linkage.STATIC;
        if (exit.value().isPresent() && isCalledByKernel()) {
            registers.zeroExtendedInto(Registers.RESULT, exit.value().get()); // its range is checked on 64 bits
        } else if (exit.value().isPresent()) {
            registers.into(Registers.RESULT, exit.value().get());
        } else if (needsResult) {
            emission.load(Registers.RESULT, 0);
        }
        emission.end(new MachineEnd.Exit(needsResult, emission.position()));
    }

    private boolean isCalledByKernel() {
        return function.linkage() == Function.Linkage.PROGRAM || function.linkage() == Function.Linkage.CALLBACK;
    }

    /** Where to go for {@code edge} from a block that goes on in several ways: a block of its own passes the arguments. */
    private MachineBlock way(Edge edge) {
        MachineBlock target = start(edge.target());
        if (edge.arguments().isEmpty()) {
            return target;
        }
        MachineBlock from = emission.block();
        MachineBlock between = emission.machine().addBlock();
        emission.at(between);
        passArguments(edge);
        emission.go(target);
        emission.at(from);
        return between;
    }

    private void passArguments(Edge edge) {
        ParallelCopy copies = new ParallelCopy();
        List<Runnable> made = new ArrayList<>();
        for (int i = 0; i < edge.arguments().size(); i++) {
            BlockParameter parameter = edge.target().parameters().get(i);
            Value argument = edge.arguments().get(i);
            if (folding.uses(parameter) > 0) {
                int register = registers.of(parameter);
                if (registers.isMadeAtUse(argument)) {
                    made.add(() -> registers.into(register, argument));
                } else {
                    copies.add(register, registers.of(argument));
                }
            }
        }
        copies.emit(emission);
        made.forEach(Runnable::run);
    }
}

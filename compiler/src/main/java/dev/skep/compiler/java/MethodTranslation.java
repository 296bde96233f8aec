package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Translates the bytecode of a method, block by block, into the function that is built. */
final class MethodTranslation {
    private final UnitContext unit;
    private final Emitter emitter;
    private final MethodModel method;
    private final CodeModel code;
    private final String file;
    private final Exit exit;
    private final Optional<MethodTranslation> caller;
    private final ControlFlow flow;
    private final InstructionTranslation instructions;
    private final Map<BytecodeBlock, BlockEntry> entries = new HashMap<>();
    private List<Callee> lambdas = List.of();

    /**
     * @param exit what happens where it returns
     * @param caller in whose place it is compiled; empty for a program
     * @throws Refusal if it is no method that can be compiled
     */
    MethodTranslation(
            UnitContext unit, Emitter emitter, ClassPool.Method method, Exit exit, Optional<MethodTranslation> caller) {
        this.unit = unit;
        this.emitter = emitter;
        this.method = method.model();
        this.file = ClassPool.sourceFile(method.owner());
        this.exit = exit;
        this.caller = caller;
        this.code = code(method.model());
        this.flow = ControlFlow.of(code);
        this.instructions = new InstructionTranslation(unit, emitter, this);
    }

    private static CodeModel code(MethodModel method) {
        String name = method.methodName().stringValue() + "()";
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            throw new Refusal(
                    name,
                    "a synchronized method takes a lock of the JVM",
                    "leave out synchronized; maps can be shared as they are");
        }
        return method.code()
                .orElseThrow(() -> new Refusal(
                        name,
                        "the method has no code: it is abstract or native",
                        "call a method whose code is known where the program is compiled"));
    }

    /** True if it is the constructor of a struct. */
    boolean isConstructor() {
        return method.methodName().equalsString("<init>");
    }

    /**
     * A method that is called within itself with other lambda expressions is none that calls itself.
     *
     * @throws Refusal if {@code called} is this method or one in whose place it is compiled
     */
    void refuseRecursion(MethodModel called, List<Operand> arguments) {
        if (called == method && lambdas.equals(lambdas(arguments))) {
            throw recursion(called);
        }
        caller.ifPresent(outer -> outer.refuseRecursion(called, arguments));
    }

    private static List<Callee> lambdas(List<Operand> arguments) {
        return arguments.stream()
                .filter(Operand.Closure.class::isInstance)
                .map(argument -> ((Operand.Closure) argument).callee())
                .toList();
    }

    static Refusal recursion(MethodModel called) {
        return new Refusal(
                "a recursive call of " + called.methodName().stringValue() + "()",
                "BPF programs have 512 bytes of stack",
                "write a loop");
    }

    /** Translates everything; the emitter's block is where the method is entered. @param arguments the receiver first, if any */
    void run(List<Operand> arguments) {
        refuseHandlers();
        lambdas = lambdas(arguments);
        if (caller.isEmpty()) {
            arguments.forEach(this::receive);
        }
        Machine machine = Machine.empty(emitter, ((CodeAttribute) code).maxLocals());
        int slot = 0;
        for (Operand argument : arguments) {
            machine.setLocal(slot, argument);
            slot += argument.isWide() ? 2 : 1;
        }
        translate(flow.order().getFirst(), machine);
        for (BytecodeBlock block : flow.order().subList(1, flow.order().size())) {
            BlockEntry entry = entries.get(block);
            if (entry == null) {
                block.successors.forEach(this::arriveNever);
            } else {
                if (block.handles) {
                    // All that it covers comes before it, so there is no other way here.
                    block.predecessors = entry.arrived();
                    emitter.builder().seal(entry.block());
                }
                emitter.builder().at(entry.block());
                translate(block, entry.enter());
            }
        }
    }

    private void receive(Operand argument) {
        if (argument instanceof Operand.Reference context && isContext(context)) {
            emitter.receive(context);
        }
    }

    private static boolean isContext(Operand.Reference reference) {
        return reference.pointer().type() instanceof Pointer type && type.provenance() == Pointer.Provenance.CONTEXT;
    }

    /** Those of {@code finally} are compiled; that of {@code synchronized} is never reached, as what it is for is refused. */
    private void refuseHandlers() {
        if (code.exceptionHandlers().stream()
                .anyMatch(handler -> handler.catchType().isPresent() && !isOfPattern(handler))) {
            unit.findings()
                    .add(
                            file,
                            firstLine(flow.order().getFirst()),
                            new Refusal(
                                    "try in " + method.methodName().stringValue() + "()",
                                    "there are no exceptions in BPF",
                                    "check before, and return"));
        }
    }

    /** {@code javac} lets nothing escape from the accessors that a record pattern calls but a {@code MatchException}. */
    private boolean isOfPattern(ExceptionCatch handler) {
        boolean reached = false;
        for (CodeElement element : code) {
            reached |= element instanceof LabelTarget target && target.label().equals(handler.handler());
            if (reached && element instanceof NewObjectInstruction made) {
                return made.className().asInternalName().equals("java/lang/MatchException");
            }
            if (reached && element instanceof Instruction && !(element instanceof StoreInstruction)) {
                return false;
            }
        }
        return false;
    }

    private void translate(BytecodeBlock block, Machine machine) {
        for (BytecodeBlock.Step step : block.steps) {
            emitter.builder().at(new Position(file, step.line(), 0));
            step.handler()
                    .map(flow::at)
                    .ifPresentOrElse(
                            handler -> emitter.withHandler(
                                    () -> enter(handler, machine), () -> translate(block, step, machine)),
                            () -> translate(block, step, machine));
        }
        if (!emitter.builder().block().isTerminated()) {
            leave(block, machine);
            emitter.jump(entry(block.next.orElseThrow()).block());
            sealArrived(block);
        }
    }

    private void translate(BytecodeBlock block, BytecodeBlock.Step step, Machine machine) {
        if (!end(block, step, machine)) {
            Machine before = machine.copy();
            if (!guard(step, () -> instructions.translate(step.instruction(), machine))) {
                machine.restoreStack(before);
                StackEffect.of(step.instruction()).apply(machine);
            }
        }
    }

    /** Hands over to the code of a {@code finally}, with local variables as they are, and what Java would have thrown. */
    private Block enter(BytecodeBlock handler, Machine machine) {
        Machine thrown = Machine.empty(emitter, 0);
        thrown.push(new Operand.Failure());
        Machine handed = machine.copy();
        handed.restoreStack(thrown);
        BlockEntry entry = entryFor(handler, handed);
        entry.handOver(handed);
        entry.arrive();
        return entry.block();
    }

    private BlockEntry entryFor(BytecodeBlock block, Machine machine) {
        return entries.computeIfAbsent(
                block,
                b -> new BlockEntry(emitter, emitter.newBlock("line" + firstLine(b)), b, machine, unit.layouts()));
    }

    private boolean guard(BytecodeBlock.Step step, Runnable action) {
        return unit.findings().guard(file, step.line(), action);
    }

    /** Ends the block if the instruction does. @return false if it is none of those */
    private boolean end(BytecodeBlock block, BytecodeBlock.Step step, Machine machine) {
        switch (step.instruction()) {
            case BranchInstruction branch -> branch(block, step, branch, machine);
            case TableSwitchInstruction s -> choose(block, step, s.cases(), s.defaultTarget(), machine);
            case LookupSwitchInstruction s -> choose(block, step, s.cases(), s.defaultTarget(), machine);
            case ReturnInstruction r -> leaveMethod(step, r, machine);
            case ThrowInstruction t -> {
                guard(step, () -> fail(machine.pop()));
                abort(step);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void abort(BytecodeBlock.Step step) {
        if (!guard(step, () -> emitter.jump(emitter.abortBlock()))) {
            emitter.jump(emitter.endBlock());
        }
    }

    private static void fail(Operand thrown) {
        if (!(thrown instanceof Operand.Failure) && !(thrown instanceof Operand.Unknown)) {
            throw new Refusal("throw", "there are no exceptions in BPF", "return a number that says what happened");
        }
    }

    private void branch(BytecodeBlock block, BytecodeBlock.Step step, BranchInstruction branch, Machine machine) {
        if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
            leave(block, machine);
            emitter.jump(blockAt(branch.target()));
        } else {
            BranchTranslation.Condition[] condition = {BranchTranslation.Condition.ALWAYS};
            guard(step, () -> condition[0] = BranchTranslation.condition(branch, machine));
            Optional<Boolean> known = condition[0].known();
            if (known.isPresent()) {
                BytecodeBlock taken = flow.at(branch.target());
                goOnlyTo(block, known.get() ? taken : block.next.orElseThrow(), machine);
                return;
            }
            leave(block, machine);
            emitter.branch(
                    condition[0].comparison(),
                    condition[0].left(),
                    condition[0].right(),
                    blockAt(branch.target()),
                    entry(block.next.orElseThrow()).block());
        }
        sealArrived(block);
    }

    /** Ends a block whose way on is known; the other ways are not translated if nothing else goes there. */
    private void goOnlyTo(BytecodeBlock block, BytecodeBlock target, Machine machine) {
        List<BytecodeBlock> others =
                block.successors.stream().filter(s -> s != target).toList();
        block.successors.retainAll(List.of(target));
        leave(block, machine);
        emitter.jump(entry(target).block());
        sealArrived(block);
        others.forEach(this::arriveNever);
    }

    /** A switch never goes where only cases lead that cannot be. */
    private void dropOthers(BytecodeBlock block, List<SwitchCase> cases, Label otherwise) {
        Set<BytecodeBlock> targets = new HashSet<>(Set.of(flow.at(otherwise)));
        cases.forEach(each -> targets.add(flow.at(each.target())));
        List<BytecodeBlock> others =
                block.successors.stream().filter(s -> !targets.contains(s)).toList();
        block.successors.removeAll(others);
        others.forEach(this::arriveNever);
    }

    /** A way to a block is never taken. */
    private void arriveNever(BytecodeBlock block) {
        block.predecessors--;
        BlockEntry entry = entries.get(block);
        if (entry != null && entry.arrived() == block.predecessors) {
            emitter.builder().seal(entry.block());
        }
    }

    private void choose(
            BytecodeBlock block, BytecodeBlock.Step step, List<SwitchCase> cases, Label otherwise, Machine machine) {
        Operand selector = machine.pop();
        Value[] value = {Constant.of(0)};
        List<SwitchCase> known = cases;
        if (selector instanceof Operand.CaseNumber(Value ordinal, Map<Integer, Integer> numbers)) {
            value[0] = ordinal;
            known = BranchTranslation.byOrdinal(cases, numbers);
        } else {
            guard(step, () -> value[0] = machine.number(selector));
        }
        if (value[0] instanceof Constant constant) {
            goOnlyTo(block, flow.at(BranchTranslation.target(constant, known, otherwise)), machine);
            return;
        }
        dropOthers(block, known, otherwise);
        leave(block, machine);
        BranchTranslation.end(emitter, value[0], known, otherwise, this::blockAt);
        sealArrived(block);
    }

    private void leaveMethod(BytecodeBlock.Step step, ReturnInstruction instruction, Machine machine) {
        Optional<Operand> result =
                instruction.typeKind() == TypeKind.VOID ? Optional.empty() : Optional.of(machine.pop());
        if (!guard(step, () -> exit.leave(emitter, machine, result))
                && !emitter.builder().block().isTerminated()) {
            abort(step);
        }
    }

    /** How a block is entered whose way there has been seen. */
    private BlockEntry entry(BytecodeBlock block) {
        return Objects.requireNonNull(entries.get(block));
    }

    private Block blockAt(Label label) {
        return entry(flow.at(label)).block();
    }

    /** Hands the machine over to all blocks that may come next. */
    private void leave(BytecodeBlock block, Machine machine) {
        int line = block.steps.isEmpty() ? 0 : block.steps.getLast().line();
        unit.findings().guard(file, line, machine::settle);
        for (BytecodeBlock successor : block.successors) {
            BlockEntry entry = entryFor(successor, machine);
            unit.findings().guard(file, line, () -> entry.handOver(machine));
        }
    }

    private static int firstLine(BytecodeBlock block) {
        return block.steps.stream().findFirst().map(BytecodeBlock.Step::line).orElse(0);
    }

    private void sealArrived(BytecodeBlock block) {
        for (BytecodeBlock successor : block.successors) {
            BlockEntry entry = entry(successor);
            if (entry.arrive() == successor.predecessors) {
                emitter.builder().seal(entry.block());
            }
        }
    }
}

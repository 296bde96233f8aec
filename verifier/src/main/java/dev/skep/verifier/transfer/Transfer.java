package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.InstructionSet;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import java.util.BitSet;
import java.util.Optional;

/** What an instruction does to a state: finds the rule for it. */
public final class Transfer {
    private final Environment environment;
    private final Arithmetic arithmetic;
    private final Branches branches;
    private final Memory memory;
    private final Atomics atomics;
    private final Constants constants;
    private final LegacyLoads legacyLoads;
    private final HelperCalls helpers;
    private final KernelFunctionCalls kernelFunctions;
    private final FunctionCalls functions;
    private final Exits exits;
    private final BitSet wellFormed = new BitSet();

    public Transfer(Environment environment) {
        this.environment = environment;
        arithmetic = new Arithmetic(environment);
        branches = new Branches(environment);
        memory = new Memory(environment);
        atomics = new Atomics(environment, memory);
        constants = new Constants(environment);
        legacyLoads = new LegacyLoads(environment);
        Callbacks callbacks = new Callbacks(environment);
        References references = new References(environment);
        helpers = new HelperCalls(environment, memory, callbacks, references);
        exits = new Exits(environment);
        kernelFunctions = new KernelFunctionCalls(environment, memory, callbacks, references, exits);
        functions = new FunctionCalls(environment, memory);
    }

    /** The instruction at {@code slot} calls a kernel function that advances an iterator. */
    public boolean advancesIterator(int slot) {
        return kernelFunctions.advancesIterator(slot);
    }

    /** The instruction at {@code slot} calls a kernel function that calls a function of the program before it returns. */
    public boolean callsBack(int slot) {
        return kernelFunctions.callsBack(slot);
    }

    /** Checks what the program is attached to, and has the state hold what the program is given for good. */
    public void prepareProgram(ProgramState state) {
        TargetRules.check(environment);
        TypedContext.acquireArguments(environment, state);
    }

    /** Gives the frame of a global function, which is verified on its own, its arguments. */
    public void prepareArguments(Frame frame, Subprogram function) {
        if (frame.entry().isExceptionCallback()) {
            ExceptionCallbacks.check(environment.code(), function);
        }
        GlobalArguments.prepare(environment, frame, function);
    }

    /**
     * Executes the instruction at the state's slot, and moves the state to the next one.
     *
     * @return false if the path ends
     * @throws Refusal if the instruction is not allowed
     */
    public boolean step(ProgramState state) {
        boolean barriers = environment.kernel().has(KernelFeature.SPECULATION_BARRIERS);
        return (state.speculative() && barriers) ? stepUpToBarrier(state) : execute(state);
    }

    /** What is not allowed on a path that only speculation takes need not end the verification: a barrier keeps processors from it. */
    private boolean stepUpToBarrier(ProgramState state) {
        int slot = state.slot();
        SpeculationGuards guards = environment.speculationGuards();
        if (guards.hasBarrierBefore(slot)) {
            return false;
        }
        try {
            return execute(state) && !guards.hasBarrierAfter(slot);
        } catch (Refusal refusal) {
            if (refusal.cause() == Cause.TOO_COMPLEX) {
                throw refusal;
            }
            guards.putBarrierBefore(slot);
            return false;
        }
    }

    private boolean execute(ProgramState state) {
        int slot = state.slot();
        Instruction instruction = environment.code().at(slot);
        checkForm(slot, instruction);
        switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> arithmetic.apply(state, instruction);
            case Opcode.BPF_LDX -> memory.load(state, instruction);
            case Opcode.BPF_ST -> memory.storeConstant(state, instruction);
            case Opcode.BPF_STX -> {
                if ((instruction.opcode() & 0xe0) == Opcode.BPF_ATOMIC) {
                    atomics.apply(state, instruction);
                } else {
                    memory.store(state, instruction);
                }
            }
            case Opcode.BPF_LD -> {
                if (instruction.isWide()) {
                    constants.load(state, instruction);
                } else {
                    legacyLoads.load(state, instruction, (instruction.opcode() & 0xe0) == Opcode.BPF_IND);
                }
            }
            default -> {
                return jump(state, instruction);
            }
        }
        state.jumpTo(slot + instruction.slots());
        return true;
    }

    private void checkForm(int slot, Instruction instruction) {
        if (wellFormed.get(slot)) {
            return;
        }
        Optional<String> problem = InstructionSet.check(instruction);
        boolean ignored = instruction.opcode() == Opcode.EXIT && instruction.offset() != 0 && instruction.imm() == 0;
        if (instruction.opcode() == Opcode.CALLX) {
            throw new Refusal(Cause.INVALID_INSTRUCTION, "BPF_CALL uses reserved fields");
        }
        if (problem.isPresent() && !ignored) {
            throw new Refusal(Cause.INVALID_INSTRUCTION, problem.get());
        }
        wellFormed.set(slot);
    }

    private boolean jump(ProgramState state, Instruction instruction) {
        switch (instruction.opcode()) {
            case Opcode.JA, Opcode.GOTOL -> state.jumpTo(ControlFlow.jumpTarget(instruction, state.slot()));
            case Opcode.EXIT -> {
                return exits.exit(state);
            }
            case Opcode.CALL -> {
                return call(state, instruction);
            }
            case Opcode.MAY_GOTO -> mayGoto(state, instruction);
            default -> branches.jump(state, instruction);
        }
        return true;
    }

    /** Jumps some time: both ways are followed, and a loop through the way that does not jump is taken to end. */
    private void mayGoto(ProgramState state, Instruction instruction) {
        ProgramState goesOn = state.copy();
        goesOn.countMayGoto();
        goesOn.jumpTo(state.slot() + 1);
        environment.paths().widen(goesOn, state.slot());
        environment.paths().fork(goesOn);
        state.jumpTo(ControlFlow.jumpTarget(instruction, state.slot()));
    }

    private boolean call(ProgramState state, Instruction instruction) {
        int slot = state.slot();
        switch (instruction.srcReg()) {
            case Opcode.BPF_PSEUDO_CALL -> functions.call(state, instruction);
            case Opcode.BPF_PSEUDO_KFUNC_CALL -> {
                boolean goesOn = kernelFunctions.call(state, instruction);
                state.jumpTo(slot + 1);
                return goesOn;
            }
            default -> {
                checkLocked(state, instruction);
                helpers.call(state, instruction);
                state.jumpTo(slot + 1);
            }
        }
        return true;
    }

    private static void checkLocked(ProgramState state, Instruction instruction) {
        int unlock = HelperId.SPIN_UNLOCK.number();
        if (state.holdsLock() && instruction.imm() != unlock) {
            throw new Refusal(Cause.LOCK, "function calls are not allowed while holding a lock");
        }
    }
}

package dev.skep.verifier.program;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Where jumps go: what may follow each instruction, and the rules that hold before any path is walked. */
public final class ControlFlow {
    private static final int[] NOWHERE = {};

    private final ProgramCode code;
    private final BitSet joins = new BitSet();

    private ControlFlow(ProgramCode code) {
        this.code = code;
    }

    /**
     * Checks that jumps stay in their functions, functions end, and every instruction can be reached.
     *
     * @throws Refusal if not
     */
    public static ControlFlow check(ProgramCode code) {
        ControlFlow flow = new ControlFlow(code);
        flow.checkJumps();
        flow.checkReached();
        return flow;
    }

    /** States are kept and compared before the instruction at {@code slot}: paths can meet here. */
    public boolean isJoin(int slot) {
        return joins.get(slot);
    }

    public void addJoin(int slot) {
        joins.set(slot);
    }

    private void checkJumps() {
        for (Subprogram function : code.functions()) {
            for (int slot = function.start(); slot < function.end(); slot++) {
                if (code.startsAt(slot)) {
                    checkJump(function, slot);
                }
            }
            checkEnd(function);
        }
    }

    private void checkJump(Subprogram function, int slot) {
        Instruction instruction = code.at(slot);
        int target = jumpTarget(instruction, slot);
        if (target == NO_JUMP) {
            return;
        }
        if (!function.contains(target)) {
            throw new Refusal(Cause.CONTROL_FLOW, "jump out of range from insn " + slot + " to " + target);
        }
        if (!code.startsAt(target)) {
            throw new Refusal(Cause.CONTROL_FLOW, "jump into the middle of ldimm64 insn " + target);
        }
    }

    private void checkEnd(Subprogram function) {
        int last = function.end() - 1;
        while (!code.startsAt(last)) {
            last--;
        }
        Instruction end = code.at(last);
        boolean ends = end.opcode() == Opcode.EXIT || end.opcode() == Opcode.JA || end.opcode() == Opcode.GOTOL;
        if (!ends && !throwsException(last)) {
            throw new Refusal(Cause.CONTROL_FLOW, "last insn is not an exit or jmp");
        }
    }

    /** The call never returns, so that it may end a function. */
    private boolean throwsException(int slot) {
        boolean kernelFunction =
                code.at(slot).opcode() == Opcode.CALL && code.at(slot).srcReg() == Opcode.BPF_PSEUDO_KFUNC_CALL;
        return kernelFunction
                && code.kernelFunction(slot).filter("bpf_throw"::equals).isPresent();
    }

    private void checkReached() {
        BitSet reached = new BitSet(code.slotCount());
        Deque<Integer> open = new ArrayDeque<>();
        for (Subprogram function : code.functions()) {
            open.push(function.start());
            reached.set(function.start());
            while (!open.isEmpty()) {
                int slot = open.pop();
                for (int next : successors(slot)) {
                    checkInside(slot, next);
                    if (!reached.get(next)) {
                        reached.set(next);
                        open.push(next);
                    }
                }
            }
        }
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot) && !reached.get(slot)) {
                throw new Refusal(Cause.UNREACHABLE_CODE, "unreachable insn " + slot);
            }
        }
    }

    private void checkInside(int slot, int next) {
        if (!code.functionOf(slot).contains(next)) {
            throw new Refusal(Cause.CONTROL_FLOW, "jump out of range from insn " + slot + " to " + next);
        }
    }

    /** Slots that may follow {@code slot} in the same function; a call's is where it returns to. Notes where paths can meet. */
    int[] successors(int slot) {
        Instruction instruction = code.at(slot);
        int next = slot + instruction.slots();
        int target = jumpTarget(instruction, slot);
        if (target == NO_JUMP) {
            joinAtCall(instruction, slot);
            return instruction.opcode() == Opcode.EXIT || endsHere(slot, next) ? NOWHERE : new int[] {next};
        }
        joins.set(target);
        if (isUnconditional(instruction)) {
            return new int[] {target};
        }
        joins.set(slot);
        return new int[] {next, target};
    }

    /** Paths may meet where a call returns to; and if it is one of the program's own functions, before the call and in the function. */
    private void joinAtCall(Instruction instruction, int slot) {
        int function = code.functionTarget(slot);
        if (instruction.opcode() == Opcode.CALL || function >= 0) {
            joins.set(slot + instruction.slots());
        }
        if (function >= 0) {
            joins.set(slot);
            joins.set(function);
        }
    }

    private boolean endsHere(int slot, int next) {
        return throwsException(slot)
                && (next >= code.slotCount() || code.functionAt(next).isPresent());
    }

    private static boolean isUnconditional(Instruction instruction) {
        return instruction.opcode() == Opcode.JA || instruction.opcode() == Opcode.GOTOL;
    }

    /** What {@link #jumpTarget} gives for instructions that do not jump. */
    public static final int NO_JUMP = Integer.MIN_VALUE;

    /** Where {@code instruction}, at {@code slot}, jumps to; {@link #NO_JUMP} if it does not. */
    public static int jumpTarget(Instruction instruction, int slot) {
        int jumpClass = instruction.instructionClass();
        if (jumpClass != Opcode.BPF_JMP && jumpClass != Opcode.BPF_JMP32) {
            return NO_JUMP;
        }
        int operation = instruction.opcode() & 0xf0;
        if (operation == Opcode.BPF_CALL || operation == Opcode.BPF_EXIT) {
            return NO_JUMP;
        }
        return slot + 1 + (instruction.opcode() == Opcode.GOTOL ? instruction.imm() : instruction.offset());
    }
}

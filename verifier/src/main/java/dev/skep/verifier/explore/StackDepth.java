package dev.skep.verifier.explore;

import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.Limits;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.StackUse;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.transfer.Environment;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The stack of every chain of calls together ({@code check_max_stack_depth}). */
final class StackDepth {
    private static final int ROUNDED_TO = 16;

    private final ProgramCode code;
    private final Environment environment;
    /** For each function the most bytes and frames that lie above its own, over all chains that lead to it. */
    private final int[] bytesAbove;

    private final int[] framesAbove;
    private final boolean hasPrivateStacks;
    private Optional<BitSet> later = Optional.empty();
    private int deepest;

    private StackDepth(ProgramCode code, Environment environment) {
        this.code = code;
        this.environment = environment;
        bytesAbove = new int[code.functions().size()];
        framesAbove = new int[code.functions().size()];
        hasPrivateStacks = environment.kernel().has(KernelFeature.PRIVATE_STACKS)
                && PrivateStacks.areGivenTo(environment.kind())
                && code.functions().stream().noneMatch(this::tailCalls);
    }

    /** @return the bytes of the deepest chain @throws Refusal if there are more than 512, or more than 8 frames */
    static int check(ProgramCode code, Environment environment) {
        StackDepth depth = new StackDepth(code, environment);
        for (Subprogram function : depth.callersFirst()) {
            depth.check(function);
        }
        return depth.deepest;
    }

    /** The functions, each behind all that call it. Those the kernel calls later begin with an empty stack. */
    private List<Subprogram> callersFirst() {
        Deque<Subprogram> order = new ArrayDeque<>();
        BitSet open = new BitSet();
        BitSet done = new BitSet();
        for (Subprogram root : code.functions()) {
            visit(root, open, done, order);
        }
        return List.copyOf(order);
    }

    /** As deep as there are functions, of which there are no more than 256. */
    private void visit(Subprogram function, BitSet open, BitSet done, Deque<Subprogram> order) {
        if (done.get(function.index())) {
            return;
        }
        if (open.get(function.index())) {
            throw new Refusal(Cause.STACK_SIZE, "recursive call from " + function.name() + "() to itself");
        }
        open.set(function.index());
        callees(function).forEach(callee -> visit(callee, open, done, order));
        done.set(function.index());
        order.push(function);
    }

    private Stream<Subprogram> callees(Subprogram function) {
        return IntStream.range(function.start(), function.end())
                .filter(slot -> code.startsAt(slot) && code.functionTarget(slot) >= 0 && isEntered(slot))
                .mapToObj(slot -> code.functionAt(code.functionTarget(slot)))
                .flatMap(Optional::stream)
                .distinct();
    }

    /** The function is called here, or called back before the program ends. */
    private boolean isEntered(int slot) {
        boolean called = code.at(slot).opcode() == Opcode.CALL;
        return called
                || code.functionAt(code.functionTarget(slot))
                        .filter(callee -> !environment.laterFunctions().get(callee.index()))
                        .isPresent();
    }

    private void check(Subprogram function) {
        int above = bytesAbove[function.index()];
        int frames = framesAbove[function.index()] + 1;
        Limits limits = environment.kernel().limits();
        if (frames > limits.callFrames()) {
            throw new Refusal(Cause.STACK_SIZE, "the call stack of " + frames + " frames is too deep !");
        }
        if (above >= limits.tailCallStackBytes() && tailCalls(function)) {
            throw new Refusal(
                    Cause.TAIL_CALL,
                    "tail_calls are not allowed when call stack of previous frames is " + above + " bytes. Too large");
        }
        int own = (environment.stackDepth(function.index()) + ROUNDED_TO - 1) / ROUNDED_TO * ROUNDED_TO;
        int total = above + (isPrivate(function, own) ? 0 : own);
        if (total > limits.stackBytes()) {
            throw Refusal.at(
                    Cause.STACK_SIZE,
                    largestVariable(),
                    "combined stack size of %d calls is %d. Too large".formatted(frames, total));
        }
        deepest = Math.max(deepest, above + own);
        callees(function).forEach(callee -> {
            bytesAbove[callee.index()] = Math.max(bytesAbove[callee.index()], total);
            framesAbove[callee.index()] = Math.max(framesAbove[callee.index()], frames);
        });
    }

    /** A frame that the kernel puts elsewhere, so that it does not count; one frame is never larger than what all may have. */
    private boolean isPrivate(Subprogram function, int bytes) {
        return hasPrivateStacks
                && bytes >= PrivateStacks.SMALLEST
                && !runsLater().get(function.index());
    }

    /** The functions that the kernel calls later, and those they call. */
    private BitSet runsLater() {
        if (later.isEmpty()) {
            BitSet found = new BitSet();
            Deque<Subprogram> toVisit = new ArrayDeque<>();
            code.functions().stream()
                    .filter(function -> environment.laterFunctions().get(function.index()))
                    .forEach(toVisit::push);
            while (!toVisit.isEmpty()) {
                Subprogram function = toVisit.pop();
                if (!found.get(function.index())) {
                    found.set(function.index());
                    callees(function).forEach(toVisit::push);
                }
            }
            later = Optional.of(found);
        }
        return later.get();
    }

    /** The first instruction about the lowest bytes of the largest frame. */
    private int largestVariable() {
        Subprogram largest = code.functions().stream()
                .max(Comparator.comparingInt(f -> environment.stackDepth(f.index())))
                .orElseThrow();
        Comparator<Integer> addressesFirst =
                Comparator.comparing(slot -> code.at(slot).instructionClass() != Opcode.BPF_ALU64);
        return IntStream.range(largest.start(), largest.end())
                .filter(slot -> code.startsAt(slot) && StackUse.lowestOffset(code.at(slot)) < 0)
                .boxed()
                .min(addressesFirst.thenComparing(slot -> StackUse.lowestOffset(code.at(slot))))
                .orElse(largest.start());
    }

    private boolean tailCalls(Subprogram function) {
        return IntStream.range(function.start(), function.end())
                .anyMatch(slot -> code.startsAt(slot) && code.callsHelper(slot, HelperId.TAIL_CALL));
    }
}

package dev.skep.verifier.explore;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.MapDescriptors;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.RegisterLiveness;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.transfer.Environment;
import dev.skep.verifier.transfer.Transfer;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Verifies one program: what holds before any path, the paths, the global functions, the stack. */
public final class Verification {
    private final ProgramCode code;
    private final KernelModel kernel;
    private final VerifierOptions options;
    private final Map<String, MapDescriptor> maps;
    private final Environment environment;
    private final RegisterLiveness liveness;
    private final ControlFlow flow;
    private final Exploration exploration;
    private final Transfer transfer;

    private Verification(ProgramCode code, ControlFlow flow, KernelModel kernel, VerifierOptions options) {
        this.code = code;
        this.flow = flow;
        this.kernel = kernel;
        this.options = options;
        LoaderRights rights = new LoaderRights(kernel, options);
        rights.checkLoops(code, flow);
        maps = MapDescriptors.of(code.object(), kernel);
        ProgramKind kind = ProgramKind.of(code.spec());
        liveness = RegisterLiveness.of(code, helper -> argumentCount(kernel, kind, helper));
        exploration = new Exploration(code, flow, liveness, kernel.limits(), options);
        code.usedMaps().map(maps::get).filter(Objects::nonNull).forEach(map -> {
            rights.check(map);
            MapChecks.check(map, kind);
        });
        environment = new Environment(code, kernel, options, maps, exploration);
        transfer = new Transfer(environment);
    }

    /** How many arguments a helper takes in this program; 5 if it is not known to it. */
    public static int argumentCount(KernelModel kernel, ProgramKind kind, int helper) {
        return helper(kernel, kind, helper)
                .map(found -> found.arguments().size())
                .orElse(5);
    }

    /** The helper of this number, if the program may call it. */
    private static Optional<HelperPrototype> helper(KernelModel kernel, ProgramKind kind, int number) {
        return kernel.helper(number, kind) instanceof HelperLookup.Available available
                ? Optional.of(available.prototype())
                : Optional.empty();
    }

    /** The verdict on the program put together as {@code image}. */
    public static ProgramVerdict of(BpfObject object, ProgramImage image, KernelModel kernel, VerifierOptions options) {
        ProgramCode code = new ProgramCode(object, image);
        Verification verification;
        try {
            ProgramChecks.check(code, kernel, options);
            new LoaderRights(kernel, options).check(code);
            verification = new Verification(code, ControlFlow.check(code), kernel, options);
        } catch (Refusal refusal) {
            return RejectionBuilder.withoutPath(code, refusal);
        }
        return verification.verify();
    }

    private ProgramVerdict verify() {
        try {
            checkAge();
            markLoopEnds();
            ProgramState start = start();
            transfer.prepareProgram(start);
            exploration.run(start, transfer);
            verifyGlobalFunctions();
            int depth = StackDepth.check(code, environment);
            ExceptionPlaces.check(code);
            if (environment.mixesTailCalls() && !options.has(Capability.PERFMON)) {
                throw new Refusal(Cause.TAIL_CALL, "tail_call abusing map_ptr");
            }
            Statistics statistics = statistics(depth, requirements());
            return new ProgramVerdict.Accepted(
                    code.spec().name(), statistics, Warnings.of(code, kernel, options, liveness, statistics));
        } catch (Refusal refusal) {
            ProgramState failed = exploration.failed();
            Rejection.Path path = failed == null ? Rejection.Path.NONE : replay(failed);
            return RejectionBuilder.build(code, refusal, failed, path, statistics(0, List.of()));
        }
    }

    /** What the accepted program uses that not every kernel has. */
    private List<Requirement> requirements() {
        List<Requirement> needs = new ArrayList<>(environment.requirements());
        needs.addAll(programRequirements());
        if (code.functions().size() > 1 && environment.usedHelpers().contains(HelperId.TAIL_CALL)) {
            needs.add(requirement(KernelFeature.TAIL_CALLS_WITH_FUNCTIONS));
        }
        if (!environment.calledFunctions().isEmpty()) {
            needs.add(requirement(KernelFeature.GLOBAL_FUNCTIONS));
        }
        if (reliesOnKnownIndexes(needs)) {
            needs.add(requirement(KernelFeature.KNOWN_INDEXES));
        }
        return needs;
    }

    private List<Requirement> programRequirements() {
        List<Requirement> needs = new ArrayList<>(ProgramRequirements.of(code));
        needs.addAll(ProgramRequirements.of(environment.usedMaps()));
        needs.addAll(ProgramRequirements.of(code, flow));
        return needs;
    }

    private static Requirement requirement(KernelFeature feature) {
        return new Requirement(feature.description(), feature.since(), Requirement.WHOLE_PROGRAM);
    }

    /** Whether it does is seen by verifying it for the oldest kernel that has all else; without that, it may. */
    private boolean reliesOnKnownIndexes(List<Requirement> others) {
        KernelVersion oldest = others.stream()
                .map(Requirement::since)
                .max(Comparator.naturalOrder())
                .orElse(KernelFeature.KNOWN_INDEXES.since());
        if (!environment.knownIndexes() || oldest.compareTo(KernelFeature.KNOWN_INDEXES.since()) >= 0) {
            return false;
        }
        if (!options.exactOldestKernel()) {
            return true;
        }
        KernelModel older =
                kernel.types().map(KernelModel.of(oldest)::withTypes).orElse(KernelModel.of(oldest));
        return of(code.object(), code.image(), older, options) instanceof ProgramVerdict.Rejected;
    }

    /** The path to a failure with all that is known on it. */
    private Rejection.Path replay(ProgramState failed) {
        Replay replay = new Replay(code, Source.of(code.object(), code.image()), failed.past(), options.pathLimit());
        Transfer again = new Transfer(new Environment(code, kernel, options, maps, replay));
        int first = replay.start();
        if (first == 0) {
            return replay.path(start(), again);
        }
        return code.functionAt(first)
                .map(function -> replay.path(start(function, again), again))
                .orElse(Rejection.Path.NONE);
    }

    /** Loops were refused by the first look at the code; maps are made before the program is loaded. */
    private void checkAge() {
        Set<MapDescriptor> used =
                code.usedMaps().map(maps::get).filter(Objects::nonNull).collect(Collectors.toSet());
        ProgramChecks.refuseTooNew(ProgramRequirements.of(used), kernel, need -> "");
        ProgramChecks.refuseTooNew(
                ProgramRequirements.of(code, flow), kernel, need -> "back-edge from insn " + need.instruction());
    }

    private void markLoopEnds() {
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot)) {
                Instruction instruction = code.at(slot);
                boolean callsBack = instruction.opcode() == Opcode.CALL
                        && instruction.srcReg() == 0
                        && helper(kernel, environment.kind(), instruction.imm())
                                .filter(found -> found.is(HelperTrait.CALLS_BACK))
                                .isPresent();
                if (transfer.advancesIterator(slot)) {
                    exploration.closeLoopsAt(slot, true);
                } else if (callsBack || transfer.callsBack(slot) || instruction.opcode() == Opcode.MAY_GOTO) {
                    exploration.closeLoopsAt(slot, false);
                }
            }
        }
    }

    private ProgramState start() {
        Frame frame = new Frame(0, Entry.top(0));
        frame.set(1, Pointer.to(new Region.Context()));
        return new ProgramState(frame, 0, environment.kind().sleepable());
    }

    /** Global functions that are called are verified on their own, whatever they are given. */
    private void verifyGlobalFunctions() {
        environment.exceptionCallback().ifPresent(environment.calledFunctions()::set);
        BitSet done = new BitSet();
        while (true) {
            BitSet open = (BitSet) environment.calledFunctions().clone();
            open.andNot(done);
            int next = open.nextSetBit(0);
            if (next < 0) {
                return;
            }
            done.set(next);
            Subprogram function = code.functions().get(next);
            exploration.run(start(function, transfer), transfer);
        }
    }

    private ProgramState start(Subprogram function, Transfer rules) {
        boolean catches = environment.exceptionCallback().orElse(-1) == function.index();
        Entry entry = catches ? Entry.exceptionCallback(function.index()) : Entry.top(function.index());
        Frame frame = new Frame(0, entry);
        rules.prepareArguments(frame, function);
        return new ProgramState(frame, function.start(), environment.kind().sleepable());
    }

    private Statistics statistics(int depth, List<Requirement> requirements) {
        List<Statistics.FunctionCost> functions = code.functions().stream()
                .map(f -> new Statistics.FunctionCost(
                        f.name(), f.isGlobal(), visits(f), environment.stackDepth(f.index())))
                .toList();
        return new Statistics(
                exploration.instructions(),
                exploration.peakStates(),
                exploration.totalStates(),
                depth,
                functions,
                exploration.loops(Source.of(code.object(), code.image())::at),
                environment.usedMaps().stream().map(MapDescriptor::name).toList(),
                environment.usedHelpers().stream().map(HelperId::functionName).toList(),
                List.copyOf(environment.usedKernelFunctions()),
                requirements);
    }

    private long visits(Subprogram function) {
        long sum = 0;
        for (int slot = function.start(); slot < function.end(); slot++) {
            sum += exploration.visits(slot);
        }
        return sum;
    }
}

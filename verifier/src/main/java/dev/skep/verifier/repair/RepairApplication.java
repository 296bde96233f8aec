package dev.skep.verifier.repair;

import dev.skep.object.BpfObject;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.explore.Verification;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.RegisterLiveness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies repairs to a program: what each means in instructions. */
final class RepairApplication {
    private static final int ARGUMENTS = 5;
    private static final int BPF_F_SLEEPABLE = 1 << 4; // linux/bpf.h

    private BpfObject object;
    private ProgramSpec spec;
    private final ProgramCode code;
    private final CodeEditor editor;
    private final RegisterLiveness liveness;
    private final Map<Integer, FreeStack> stacks = new HashMap<>();
    private Optional<ValueHome.Stack> keptContext = Optional.empty();

    /** A program with repairs in it. */
    record Repaired(BpfObject object, EditedImage edited) {}

    private RepairApplication(BpfObject object, ProgramImage image, KernelModel kernel) {
        this.object = object;
        spec = image.spec();
        code = new ProgramCode(object, image);
        editor = new CodeEditor(image);
        liveness = RegisterLiveness.of(
                code, helper -> Verification.argumentCount(kernel, ProgramKind.of(image.spec()), helper));
    }

    /** The program with all of {@code repairs}; empty if one does not fit it. */
    static Optional<Repaired> apply(BpfObject object, ProgramImage image, KernelModel kernel, List<Repair> repairs) {
        RepairApplication application = new RepairApplication(object, image, kernel);
        try {
            repairs.forEach(application::apply);
        } catch (CannotRepair doesNotFit) {
            return Optional.empty();
        }
        return application.editor.edited().map(application::result);
    }

    private Repaired result(EditedImage edited) {
        return new Repaired(object.withProgram(spec), edited.withSpec(spec));
    }

    private void apply(Repair repair) {
        switch (repair) {
            case Repair.Guard guard -> editor.before(guard.slot(), guarding(guard));
            case Repair.PacketGuard guard -> guardPacket(guard);
            case Repair.ReloadPacket reload -> reloadPacket(reload);
            case Repair.Mask mask ->
                editor.before(mask.slot(), List.of(Code.compute(Opcode.BPF_AND, mask.register(), mask.mask())));
            case Repair.Assign assign ->
                editor.before(assign.slot(), List.of(Code.set(assign.register(), assign.value())));
            case Repair.ClearStack clear -> editor.before(clear.slot(), clearing(clear));
            case Repair.KeepAcrossCall keep -> keep(keep);
            case Repair.PassAddress pass -> passAddress(pass);
            case Repair.PassContext pass ->
                editor.before(pass.slot(), fetch(pass.context(), pass.register(), pass.slot()));
            case Repair.TurnCondition turn -> editor.instead(turn.slot(), List.of(turned(code.at(turn.slot()))));
            case Repair.ReadByHelper read -> readByHelper(read);
            case Repair.SplitAccess split ->
                editor.instead(
                        split.slot(),
                        new SmallerAccesses(code.at(split.slot()), split.size())
                                .code(scratch(split.slot(), used(code.at(split.slot())))));
            case Repair.Replace replace -> editor.instead(replace.slot(), List.of(replace.instruction()));
            case Repair.Remove remove -> remove(remove.slot());
            case Repair.Release release -> release(release);
            case Repair.LimitRounds limit -> limitRounds(limit);
            case Repair.MakeStatic change -> makeStatic(change.function());
            case Repair.MakeGpl change -> makeGpl();
            case Repair.MakeSleepable change -> makeSleepable();
        }
    }

    private static List<Instruction> guarding(Repair.Guard guard) {
        List<Instruction> added = new ArrayList<>();
        added.add(Code.skipIf(guard.passes().jump(), guard.register(), guard.limit(), true, 2));
        added.addAll(Code.leave(guard.result()));
        return added;
    }

    private void guardPacket(Repair.PacketGuard guard) {
        Scratch scratch = scratch(guard.slot(), 1 << guard.register());
        int end = scratch.take();
        int pointer = scratch.take();
        List<Instruction> added = new ArrayList<>(scratch.saves());
        if (guard.end().isPresent()) {
            added.addAll(fetch(guard.end().get(), end, guard.slot()));
        } else {
            added.addAll(fetch(guard.context(), end, guard.slot()));
            added.add(Code.load(guard.fields().size(), end, end, guard.fields().end()));
        }
        added.add(Code.move(pointer, guard.register()));
        added.add(Code.add(pointer, guard.bytes()));
        added.add(Code.skipIf(Opcode.BPF_JLE, pointer, end, 2));
        added.addAll(Code.leave(guard.result()));
        added.addAll(scratch.restores());
        editor.before(guard.slot(), added);
    }

    private void reloadPacket(Repair.ReloadPacket reload) {
        List<Instruction> added = new ArrayList<>(fetch(reload.context(), reload.register(), reload.slot()));
        added.add(Code.load(
                reload.fields().size(),
                reload.register(),
                reload.register(),
                reload.fields().start()));
        if (reload.offset() != 0) {
            added.add(Code.add(reload.register(), reload.offset()));
        }
        editor.before(reload.slot(), added);
    }

    private static List<Instruction> clearing(Repair.ClearStack clear) {
        List<Instruction> added = new ArrayList<>();
        int first = Math.floorDiv(clear.offset(), Long.BYTES) * Long.BYTES;
        for (int offset = first; offset < clear.offset() + clear.size(); offset += Long.BYTES) {
            added.add(Code.storeConstant(Long.BYTES, Code.FRAME_POINTER, offset, 0));
        }
        return added;
    }

    private void keep(Repair.KeepAcrossCall keep) {
        int offset = stack(keep.slot()).next();
        editor.before(keep.slot(), List.of(Code.store(Long.BYTES, Code.FRAME_POINTER, offset, keep.register())));
        editor.after(keep.slot(), List.of(Code.load(Long.BYTES, keep.register(), Code.FRAME_POINTER, offset)));
    }

    private void passAddress(Repair.PassAddress pass) {
        int offset = stack(pass.slot()).next();
        editor.before(
                pass.slot(),
                List.of(
                        Code.store(Long.BYTES, Code.FRAME_POINTER, offset, pass.register()),
                        Code.move(pass.register(), Code.FRAME_POINTER),
                        Code.add(pass.register(), offset)));
    }

    private static Instruction turned(Instruction jump) {
        int comparison = jump.opcode() & 0xf0;
        int turned = switch (comparison) {
            case Opcode.BPF_JEQ -> Opcode.BPF_JNE;
            case Opcode.BPF_JNE -> Opcode.BPF_JEQ;
            case Opcode.BPF_JGT -> Opcode.BPF_JLE;
            case Opcode.BPF_JLE -> Opcode.BPF_JGT;
            case Opcode.BPF_JGE -> Opcode.BPF_JLT;
            case Opcode.BPF_JLT -> Opcode.BPF_JGE;
            case Opcode.BPF_JSGT -> Opcode.BPF_JSLE;
            case Opcode.BPF_JSLE -> Opcode.BPF_JSGT;
            case Opcode.BPF_JSGE -> Opcode.BPF_JSLT;
            case Opcode.BPF_JSLT -> Opcode.BPF_JSGE;
            default -> throw new CannotRepair();
        };
        int opcode = (jump.opcode() & ~0xf0) | turned;
        return Instruction.of(opcode, jump.dstReg(), jump.srcReg(), jump.offset(), jump.imm());
    }

    private void readByHelper(Repair.ReadByHelper read) {
        Instruction load = code.at(read.slot());
        if (load.instructionClass() != Opcode.BPF_LDX) {
            throw new CannotRepair();
        }
        int next = read.slot() + load.slots();
        int live = liveness.before(next) & ~(1 << load.dstReg());
        FreeStack stack = stack(read.slot());
        int buffer = stack.next();
        List<Instruction> added = new ArrayList<>();
        List<Instruction> restored = new ArrayList<>();
        for (int register = 0; register <= ARGUMENTS; register++) {
            if ((live & 1 << register) != 0) {
                int offset = stack.next();
                added.add(Code.store(Long.BYTES, Code.FRAME_POINTER, offset, register));
                restored.add(Code.load(Long.BYTES, register, Code.FRAME_POINTER, offset));
            }
        }
        int size = Code.accessSize(load);
        added.add(Code.move(3, load.srcReg()));
        added.add(Code.add(3, load.offset()));
        added.add(Code.move(1, Code.FRAME_POINTER));
        added.add(Code.add(1, buffer));
        added.add(Code.set(2, size));
        added.add(Code.call(read.helper()));
        added.add(Code.load(size, load.dstReg(), Code.FRAME_POINTER, buffer));
        added.addAll(restored);
        editor.instead(read.slot(), added);
    }

    private void remove(int slot) {
        boolean call = code.at(slot).opcode() == Opcode.CALL;
        if (ControlFlow.jumpTarget(code.at(slot), slot) != ControlFlow.NO_JUMP
                || code.at(slot).opcode() == Opcode.EXIT) {
            throw new CannotRepair();
        }
        editor.instead(slot, call ? List.of(Code.set(0, 0)) : List.of());
    }

    /** The function's result is kept while what it held is given back. */
    private void release(Repair.Release release) {
        boolean returns = code.at(release.slot()).opcode() == Opcode.EXIT;
        int result = returns ? stack(release.slot()).next() : 0;
        List<Instruction> added = new ArrayList<>();
        if (returns) {
            added.add(Code.store(Long.BYTES, Code.FRAME_POINTER, result, 0));
        }
        added.addAll(fetch(release.home(), 1, release.slot()));
        added.add(Code.set(2, 0));
        added.add(Code.call(release.helper()));
        if (returns) {
            added.add(Code.load(Long.BYTES, 0, Code.FRAME_POINTER, result));
        }
        switch (release.side()) {
            case BEFORE -> editor.before(release.slot(), added);
            case AFTER, GOING_ON -> editor.after(release.slot(), added);
            case JUMPING -> editor.onJump(release.slot(), added);
        }
    }

    private void limitRounds(Repair.LimitRounds limit) {
        int counter = stack(limit.slot()).next();
        int start = code.functionOf(limit.slot()).start();
        Scratch scratch = scratch(limit.slot(), 0);
        int count = scratch.take();
        List<Instruction> added = new ArrayList<>(scratch.saves());
        added.add(Code.load(Long.BYTES, count, Code.FRAME_POINTER, counter));
        added.add(Code.add(count, 1));
        added.add(Code.store(Long.BYTES, Code.FRAME_POINTER, counter, count));
        added.add(Code.skipIf(Opcode.BPF_JLE, count, limit.rounds(), true, 2));
        added.addAll(Code.leave(limit.result()));
        added.addAll(scratch.restores());
        Instruction zero = Code.storeConstant(Long.BYTES, Code.FRAME_POINTER, counter, 0);
        if (start == limit.slot()) {
            throw new CannotRepair();
        }
        editor.before(start, List.of(zero));
        editor.before(limit.slot(), added);
    }

    private List<Instruction> fetch(ValueHome home, int target, int slot) {
        return switch (home) {
            case ValueHome.Register(int number) -> List.of(Code.move(target, number));
            case ValueHome.Stack(int offset) -> List.of(Code.load(Long.BYTES, target, Code.FRAME_POINTER, offset));
            case ValueHome.FirstArgument() -> {
                if (code.functionOf(slot).start() != 0) {
                    throw new CannotRepair();
                }
                if (keptContext.isEmpty()) {
                    keptContext = Optional.of(new ValueHome.Stack(stack(0).next()));
                    editor.before(
                            0,
                            List.of(Code.store(
                                    Long.BYTES,
                                    Code.FRAME_POINTER,
                                    keptContext.get().offset(),
                                    1)));
                }
                yield fetch(keptContext.get(), target, slot);
            }
        };
    }

    private Scratch scratch(int slot, int kept) {
        return new Scratch(liveness, stack(slot), slot, kept);
    }

    private static int used(Instruction instruction) {
        return 1 << instruction.dstReg() | 1 << instruction.srcReg();
    }

    private FreeStack stack(int slot) {
        return stacks.computeIfAbsent(code.functionOf(slot).index(), none -> new FreeStack(code, slot));
    }

    private void makeStatic(int function) {
        List<FunctionSpec> functions = new ArrayList<>(object.functions());
        FunctionSpec old = functions.get(function);
        functions.set(
                function,
                new FunctionSpec(
                        old.name(),
                        old.section(),
                        old.sectionOffset(),
                        FunctionSpec.Linkage.STATIC,
                        old.typeId(),
                        old.instructions(),
                        old.references(),
                        old.lines(),
                        old.coreRelocations()));
        object = with(functions, object.license());
    }

    private void makeGpl() {
        object = with(object.functions(), "GPL");
    }

    private BpfObject with(List<FunctionSpec> functions, String license) {
        return new BpfObject(
                object.name(),
                object.programs(),
                functions,
                object.maps(),
                object.externs(),
                object.structOps(),
                object.btf(),
                license,
                object.kernelVersion());
    }

    private void makeSleepable() {
        spec = new ProgramSpec(
                spec.name(),
                spec.section(),
                spec.type(),
                spec.expectedAttachType(),
                spec.attachTarget(),
                spec.autoload(),
                spec.flags() | BPF_F_SLEEPABLE,
                spec.function());
    }
}

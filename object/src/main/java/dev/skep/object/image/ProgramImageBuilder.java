package dev.skep.object.image;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts programs together exactly as libbpf does ({@code bpf_object__reloc_code}): the entry function first; whenever a call or a
 * function's address names a function that is not there yet, that function is appended and looked through at once, before
 * the rest of the caller. A function that the program names as its exception callback comes last.
 *
 * <p>What then stands in the instructions: calls of functions have the distance; addresses of functions {@code BPF_PSEUDO_FUNC}
 * and the distance; maps {@code BPF_PSEUDO_MAP_FD} and 0; globals and arena variables {@code BPF_PSEUDO_MAP_VALUE}, 0 and their
 * offset; kernel functions {@code BPF_PSEUDO_KFUNC_CALL} and 0; typed kernel variables {@code BPF_PSEUDO_BTF_ID} and 0, others 0. The
 * zeros are the host's to fill in, by the references.
 */
public final class ProgramImageBuilder {
    private final BpfObject object;
    private final ProgramSpec program;
    private final Function<FunctionSpec, Instructions> relocator;
    private final List<ProgramImage.FunctionStart> starts = new ArrayList<>();
    private final List<Instructions> bodies = new ArrayList<>();
    private final Map<Integer, Integer> slotByFunction = new HashMap<>();
    private int slots;

    /** A function whose references are being followed. */
    private record Visit(Iterator<Reference> references) {}

    private ProgramImageBuilder(BpfObject object, ProgramSpec program, Function<FunctionSpec, Instructions> relocator) {
        this.object = object;
        this.program = program;
        this.relocator = relocator;
    }

    /**
     * Puts {@code program} together from functions whose CO-RE relocations are applied by {@code relocator}.
     *
     * @param relocator gives a function's instructions as the target wants them, in the same number of slots, for example
     *     {@code CoreRelocator::relocate}
     * @throws InputException if a jump leaves its function, or a reference does not fit its instruction
     */
    public static ProgramImage build(
            BpfObject object, ProgramSpec program, Function<FunctionSpec, Instructions> relocator) {
        return new ProgramImageBuilder(object, program, relocator).build();
    }

    /**
     * Puts {@code program} together as compiled, without CO-RE: what it looks like on a target whose types are exactly those
     * the object was compiled with.
     *
     * @throws InputException if a jump leaves its function, or a reference does not fit its instruction
     */
    public static ProgramImage build(BpfObject object, ProgramSpec program) {
        return build(object, program, FunctionSpec::instructions);
    }

    private ProgramImage build() {
        appendWithCallees(program.function());
        ExceptionCallback.of(object, program).ifPresent(this::appendWithCallees);
        InstructionLinker linker = new InstructionLinker(object, slotByFunction);
        List<Reference> remaining = new ArrayList<>();
        List<FunctionSpec.Line> lines = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ProgramImage.FunctionStart start = starts.get(i);
            FunctionSpec function = object.functions().get(start.function());
            linker.append(function, bodies.get(i), start.slot());
            function.references().stream()
                    .filter(reference -> !isInternal(reference))
                    .forEach(reference -> remaining.add(reference.at(start.slot() + reference.slot())));
            function.lines()
                    .forEach(line -> lines.add(new FunctionSpec.Line(
                            start.slot() + line.slot(), line.file(), line.line(), line.column(), line.text())));
        }
        return new ProgramImage(program, linker.instructions(), remaining, starts, lines);
    }

    /** Depth first, without recursion: a chain of calls may be as long as the file likes. */
    private void appendWithCallees(int function) {
        Deque<Visit> visits = new ArrayDeque<>();
        if (append(function)) {
            visits.push(visit(function));
        }
        while (!visits.isEmpty()) {
            Iterator<Reference> references = visits.peek().references();
            if (!references.hasNext()) {
                visits.pop();
                continue;
            }
            int callee = switch (references.next()) {
                case Reference.Call call -> call.function();
                case Reference.FunctionAddress address -> address.function();
                default -> -1;
            };
            if (callee >= 0 && append(callee)) {
                visits.push(visit(callee));
            }
        }
    }

    private Visit visit(int function) {
        return new Visit(object.functions().get(function).references().iterator());
    }

    /** True if the function was not there yet. */
    private boolean append(int function) {
        if (slotByFunction.putIfAbsent(function, slots) != null) {
            return false;
        }
        FunctionSpec spec = object.functions().get(function);
        Instructions body = relocator.apply(spec);
        if (body.slotCount() != spec.instructions().slotCount()) {
            throw new IllegalArgumentException("the relocator changed the length of function " + spec.name());
        }
        starts.add(new ProgramImage.FunctionStart(function, slots, spec.name()));
        bodies.add(body);
        if (slots + (long) body.slotCount() > Integer.MAX_VALUE / 8) {
            throw new InputException(
                    Location.in(object.name()), "the program '" + program.name() + "' is too large", "split it");
        }
        slots += body.slotCount();
        return true;
    }

    private static boolean isInternal(Reference reference) {
        return reference instanceof Reference.Call || reference instanceof Reference.FunctionAddress;
    }
}

package dev.skep.compiler.pass;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes functions of the bodies of loops over maps and of rounds, and has the kernel call them for each entry. To be done before anything else. */
final class EntryLoops {
    private static final CType UNTYPED = new CType.Pointer(CType.VOID);

    private static final CType INT = new CType.Scalar("int", Int.I32.bytes(), CType.Scalar.Encoding.SIGNED);

    /** As include/uapi/linux/bpf.h describes what {@code bpf_for_each_map_elem} calls. */
    private static final CType.Prototype OF_ENTRY = new CType.Prototype(
            INT,
            Stream.of("map", "key", "value", "context")
                    .map(name -> new CType.Parameter(name, UNTYPED))
                    .toList());

    /** The same for {@code bpf_loop}. */
    private static final CType.Prototype OF_ROUND = new CType.Prototype(
            INT,
            List.of(
                    new CType.Parameter(
                            "index", new CType.Scalar("unsigned int", Int.I32.bytes(), CType.Scalar.Encoding.UNSIGNED)),
                    new CType.Parameter("context", UNTYPED)));

    private final List<Function> all;
    private final Target target;

    private EntryLoops(List<Function> functions, Target target) {
        this.all = new ArrayList<>(functions);
        this.target = target;
    }

    /**
     * Does it with all loops over maps, those within others first.
     *
     * @return the functions, and those that were made
     * @throws dev.skep.object.InputException naming the place of a loop that cannot be had
     */
    static List<Function> takeOut(List<Function> functions, Target target) {
        EntryLoops loops = new EntryLoops(functions, target);
        functions.forEach(loops::takeOut);
        return loops.all;
    }

    private void takeOut(Function function) {
        if (hasNone(function)) {
            return;
        }
        // What is the same in all rounds needs no place in the frame.
        for (Pass pass : List.of(new UnreachableBlocks(), new TrivialParameters(), new DeadCode())) {
            boolean changed = true;
            while (changed) {
                changed = pass.run(function);
            }
        }
        Optional<EntryLoop> loop = EntryLoop.innermost(function);
        while (loop.isPresent()) {
            new LoopBody(loop.get(), newFunction(function, loop.get()), target).takeOut();
            loop = EntryLoop.innermost(function);
        }
    }

    private static boolean hasNone(Function function) {
        return function.blocks().stream()
                .flatMap(block -> block.instructions().stream())
                .noneMatch(instruction -> instruction.operation() instanceof Operation.NextEntry);
    }

    private Function newFunction(Function function, EntryLoop loop) {
        String name = free(function.name() + (loop.isOfRounds() ? "_round" : "_entry"));
        Function body = new Function(
                name,
                Function.Linkage.CALLBACK,
                Optional.empty(),
                loop.isOfRounds() ? OF_ROUND : OF_ENTRY,
                Int.I32,
                loop.position());
        all.add(body);
        return body;
    }

    private String free(String name) {
        String free = name;
        for (int i = 1; isTaken(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private boolean isTaken(String name) {
        return all.stream().anyMatch(function -> function.name().equals(name));
    }
}

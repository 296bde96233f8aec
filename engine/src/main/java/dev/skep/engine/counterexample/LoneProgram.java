package dev.skep.engine.counterexample;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One program of an object as it is loaded again and again: by itself, with the maps that it uses, fitted to the kernel's types once and
 * for all.
 *
 * @param object with this program only
 * @param image its code
 */
record LoneProgram(BpfObject object, ProgramImage image) {
    /**
     * Takes a program out of its object. It is loaded even if it is not by default; nothing stands in its program arrays.
     *
     * @param types of the kernel
     * @throws dev.skep.object.InputException if it cannot be put together
     */
    static LoneProgram of(BpfObject object, ProgramSpec program, Optional<Btf> types) {
        ProgramImage image = ProgramImageBuilder.build(object, program);
        Set<String> used = usedMaps(object, image);
        List<MapSpec> maps = object.maps().stream()
                .filter(map -> used.contains(map.name()) || map.role() != MapSpec.Role.DECLARED)
                .map(map -> map.type() == MapType.PROG_ARRAY ? map.withValues(List.of()) : map)
                .toList();
        BpfObject alone = new BpfObject(
                object.name(),
                List.of(autoloaded(program)),
                types.map(kernel -> relocated(object, image, kernel)).orElse(object.functions()),
                maps,
                object.externs(),
                object.structOps(),
                object.btf(),
                object.license(),
                object.kernelVersion());
        return new LoneProgram(
                alone, ProgramImageBuilder.build(alone, alone.programs().getFirst()));
    }

    private static ProgramSpec autoloaded(ProgramSpec program) {
        return new ProgramSpec(
                program.name(),
                program.section(),
                program.type(),
                program.expectedAttachType(),
                program.attachTarget(),
                true,
                program.flags(),
                program.function());
    }

    private static Set<String> usedMaps(BpfObject object, ProgramImage image) {
        Set<String> used = new HashSet<>();
        for (Reference reference : image.references()) {
            switch (reference) {
                case Reference.Map map -> used.add(map.map());
                case Reference.MapValue value -> used.add(value.map());
                case Reference.ArenaVariable variable -> used.add(variable.map());
                default -> {}
            }
        }
        object.maps().stream()
                .filter(map -> used.contains(map.name()))
                .flatMap(map -> map.values().stream())
                .map(MapSpec.InitialSlot::target)
                .toList()
                .forEach(used::add);
        return used;
    }

    private static List<FunctionSpec> relocated(BpfObject object, ProgramImage image, Btf kernel) {
        List<FunctionSpec> functions = new ArrayList<>(object.functions());
        CoreRelocator relocator = CoreRelocator.of(object, List.of(new CoreTarget("kernel", kernel)));
        for (ProgramImage.FunctionStart start : image.functions()) {
            FunctionSpec function = functions.get(start.function());
            if (!function.coreRelocations().isEmpty()) {
                functions.set(
                        start.function(),
                        new FunctionSpec(
                                function.name(),
                                function.section(),
                                function.sectionOffset(),
                                function.linkage(),
                                function.typeId(),
                                relocator.relocate(function),
                                function.references(),
                                function.lines(),
                                List.of()));
            }
        }
        return functions;
    }
}

package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.ir.Function.Linkage;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfExt;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectWriter;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a compiled unit together into an object that equals what {@link dev.skep.object.file.ObjectReader} reads from the file that
 * {@link ObjectWriter} makes of it: code laid out in sections, maps, and BTF for types, functions, lines and relocations.
 */
public final class ObjectAssembler {
    private final CompilationUnit unit;
    private final TypeTable types;
    private final CodePlaces places;
    private final KernelFunctions kernelFunctions;
    private final ReferenceAssembly references;
    private final SourceText source;

    private ObjectAssembler(CompilationUnit unit, List<CompiledFunction> functions) {
        this.unit = unit;
        this.types = new TypeTable(NamedTypes.of(unit, functions));
        this.places = new CodePlaces(functions);
        this.kernelFunctions = new KernelFunctions(unit.kernelFunctions(), functions, types);
        this.references = new ReferenceAssembly(places, kernelFunctions);
        this.source = new SourceText(unit.sources(), functions);
    }

    /**
     * Puts {@code unit} together.
     *
     * @param functions its functions, as far as they are wanted in the object
     * @throws IllegalArgumentException if the unit contradicts itself: a function that is called is missing, a name is there twice
     */
    public static BpfObject assemble(CompilationUnit unit, List<CompiledFunction> functions) {
        return new ObjectAssembler(unit, functions).assemble();
    }

    private BpfObject assemble() {
        List<FunctionSpec> functions =
                places.ordered().stream().map(this::function).toList();
        List<MapSpec> maps = maps();
        return ObjectWriter.withDeclarations(new BpfObject(
                unit.name(),
                programs(),
                functions,
                maps,
                kernelFunctions.externs(),
                structOps(),
                types.build(),
                unit.license(),
                0));
    }

    private List<ProgramSpec> programs() {
        List<ProgramSpec> programs = new ArrayList<>();
        for (CompiledFunction compiled : places.ordered()) {
            if (compiled.function().linkage() == Linkage.PROGRAM) {
                CodePlaces.Place place = places.of(compiled.function());
                programs.add(ProgramSpec.inSection(compiled.function().name(), place.section(), place.index()));
            }
        }
        return programs;
    }

    private List<MapSpec> maps() {
        MapAssembly assembly = new MapAssembly(types);
        List<MapSpec> maps = new ArrayList<>();
        unit.maps().forEach(map -> maps.add(assembly.declared(map)));
        unit.globals().forEach(section -> assembly.globals(section).ifPresent(maps::add));
        unit.structOps().forEach(ops -> maps.add(StructOpsAssembly.map(ops, types)));
        return maps;
    }

    private List<StructOpsSpec> structOps() {
        return unit.structOps().stream()
                .map(ops -> StructOpsAssembly.variable(ops, types))
                .toList();
    }

    private FunctionSpec function(CompiledFunction compiled) {
        boolean isStatic = ReferenceAssembly.isStatic(compiled.function());
        CodePlaces.Place place = places.of(compiled.function());
        return new FunctionSpec(
                compiled.function().name(),
                place.section(),
                place.slot() * Long.BYTES,
                isStatic ? FunctionSpec.Linkage.STATIC : FunctionSpec.Linkage.GLOBAL,
                types.function(
                        compiled.function().name(),
                        isStatic ? BtfType.Linkage.STATIC : BtfType.Linkage.GLOBAL,
                        compiled.function().prototype()),
                references.instructions(compiled),
                references.references(compiled),
                source.lines(compiled),
                compiled.relocations().stream().map(r -> coreSite(place, r)).toList());
    }

    private FunctionSpec.CoreSite coreSite(CodePlaces.Place place, CompiledFunction.Relocation relocation) {
        return new FunctionSpec.CoreSite(
                relocation.slot(),
                new BtfExt.CoreRelocation(
                        place.section(),
                        (place.slot() + relocation.slot()) * Long.BYTES,
                        types.id(relocation.path().root()),
                        relocation.path().access(),
                        relocation.kind()));
    }
}

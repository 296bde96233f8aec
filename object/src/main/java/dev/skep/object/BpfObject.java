package dev.skep.object;

import dev.skep.object.btf.Btf;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.List;
import java.util.Optional;

/**
 * A BPF object: what every front end ends in and every host starts from. Plain, immutable, comparable data.
 *
 * @param name the object's name: a file's base name without {@code .o}
 * @param programs entry points, in the file's order
 * @param functions all functions, entry points included; {@code Reference.Call} and {@code ProgramSpec.function} index it
 * @param maps declared maps, then maps for sections of globals
 * @param btf the object's own types
 * @param license {@code ""} if the file says nothing
 * @param kernelVersion {@code LINUX_VERSION_CODE} from a {@code version} section, 0 if absent
 */
public record BpfObject(
        String name,
        List<ProgramSpec> programs,
        List<FunctionSpec> functions,
        List<MapSpec> maps,
        List<ExternSpec> externs,
        List<StructOpsSpec> structOps,
        Btf btf,
        String license,
        int kernelVersion) {

    public BpfObject {
        programs = List.copyOf(programs);
        functions = List.copyOf(functions);
        maps = List.copyOf(maps);
        externs = List.copyOf(externs);
        structOps = List.copyOf(structOps);
    }

    /** The program with this name. */
    public Optional<ProgramSpec> program(String programName) {
        return programs.stream().filter(p -> p.name().equals(programName)).findFirst();
    }

    /** The map with this name. */
    public Optional<MapSpec> map(String mapName) {
        return maps.stream().filter(m -> m.name().equals(mapName)).findFirst();
    }

    /** The code of {@code program}'s entry function. */
    public FunctionSpec entry(ProgramSpec program) {
        return functions.get(program.function());
    }

    /** The same object with one of its programs replaced by {@code program}, found by name. */
    public BpfObject withProgram(ProgramSpec program) {
        List<ProgramSpec> replaced = programs.stream()
                .map(p -> p.name().equals(program.name()) ? program : p)
                .toList();
        return new BpfObject(name, replaced, functions, maps, externs, structOps, btf, license, kernelVersion);
    }

    /** The same object with one of its maps replaced by {@code map}, found by name. */
    public BpfObject withMap(MapSpec map) {
        List<MapSpec> replaced =
                maps.stream().map(m -> m.name().equals(map.name()) ? map : m).toList();
        return new BpfObject(name, programs, functions, replaced, externs, structOps, btf, license, kernelVersion);
    }
}

package dev.skep.trace.check;

import dev.skep.trace.cdefinition.CFunction;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.DebugTypes;
import dev.skep.trace.system.Registers;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the programs and libraries whose functions a script traces say of themselves, by their debugging information. */
final class UserTypes {
    private final TraceSystem system;
    private final Function<String, Optional<TraceType>> elsewhere;
    private final Map<String, Optional<File>> files = new LinkedHashMap<>();
    private final List<String> paths;

    /** A program or library that has debugging information. */
    private record File(DebugTypes types, DefinedTypes defined) {}

    /**
     * What a function gets, or why that is not known.
     *
     * @param problem empty if it is known
     */
    record Arguments(List<Structures.Member> members, String problem) {
        private Arguments(String problem) {
            this(List.of(), problem);
        }
    }

    /** @param paths of the files whose types are known by name @param elsewhere finds types that these do not have */
    UserTypes(TraceSystem system, List<String> paths, Function<String, Optional<TraceType>> elsewhere) {
        this.system = system;
        this.paths = List.copyOf(paths);
        this.elsewhere = elsewhere;
    }

    private Optional<File> file(String path) {
        return files.computeIfAbsent(
                path,
                name -> system.binaries()
                        .types(name)
                        .map(types -> new File(types, new DefinedTypes(types, elsewhere, " of " + name))));
    }

    private <T> Optional<T> first(Function<DefinedTypes, Optional<T>> question) {
        return paths.stream()
                .flatMap(path -> file(path).stream())
                .flatMap(file -> question.apply(file.defined()).stream())
                .findFirst();
    }

    Optional<TraceType> named(String fullName) {
        return first(types -> types.named(fullName));
    }

    Optional<List<Structures.Member>> members(String fullName) {
        return first(types -> types.members(fullName));
    }

    Optional<Map<Long, String>> enumerators(String fullName) {
        return first(types -> types.enumerators(fullName));
    }

    /** What functions get that are attached to together: it has to be the same. */
    Arguments arguments(ProbeTarget.Uprobe target) {
        Optional<File> file = file(target.binary());
        if (file.isEmpty()) {
            return new Arguments("no debuginfo found for " + target.binary());
        }
        List<Arguments> all = target.symbols().stream()
                .map(symbol -> arguments(file.get(), target.binary(), symbol))
                .distinct()
                .toList();
        return all.size() == 1
                ? all.getFirst()
                : new Arguments("the functions that it names do not all have the same parameters");
    }

    private Arguments arguments(File file, String path, String symbol) {
        Optional<CFunction> function = file.types().function(symbol);
        if (function.isEmpty()) {
            return new Arguments("the debuginfo of " + path + " has no function " + symbol);
        }
        int[] registers = Registers.of(system.machine().architecture()).arguments();
        List<Structures.Member> members = new ArrayList<>();
        for (CFunction.Parameter parameter : function.get().parameters()) {
            if (parameter.type() instanceof CType.Fraction) {
                continue; // in registers of its own, which programs cannot read
            }
            TraceType type = file.defined().type(parameter.type());
            if (type.size() > Long.BYTES || type instanceof TraceType.Structure || type instanceof TraceType.Array) {
                return new Arguments(
                        "'args' builtin is not supported for probes with arguments that are not in general "
                                + "registers: " + parameter.written() + " " + parameter.name());
            }
            if (members.size() == registers.length) {
                return new Arguments("'args' builtin is not supported for probes with stack-passed arguments.");
            }
            members.add(new Structures.Member(
                    parameter.name(), type, registers[members.size()], Optional.empty(), Tracepoints.Location.HERE));
        }
        return new Arguments(members, "");
    }
}

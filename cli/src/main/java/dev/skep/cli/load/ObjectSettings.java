package dev.skep.cli.load;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.types.KernelTypes;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.Closing;
import dev.skep.object.Location;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that change an object before it is loaded. It owns the maps and programs of the kernel that they name. */
final class ObjectSettings implements AutoCloseable {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--prog", paramLabel = "NAME", description = "Load only this program; may be given several times.")
    private List<String> programs = List.of();

    @Option(
            names = "--section",
            paramLabel = "PROG=NAME",
            description = "Take a program as if its section had this name, such as xdp or cgroup_skb/egress.")
    private Map<String, String> sections = new LinkedHashMap<>();

    @Option(names = "--max-entries", paramLabel = "MAP=N", description = "Give a map room for so many entries.")
    private Map<String, Integer> maxEntries = new LinkedHashMap<>();

    @Option(
            names = "--reuse-map",
            paramLabel = "MAP=OTHER",
            description = "Use a map that is in the kernel: id:N, name:NAME or pinned:PATH.")
    private Map<String, String> reused = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "PROG=OTHER[:FUNCTION]",
            description =
                    "The program in the kernel that PROG replaces a function of (freplace), or traces (fentry, fexit): id:N, "
                            + "name:NAME, tag:TAG or pinned:PATH.")
    private Map<String, String> targets = new LinkedHashMap<>();

    @Option(names = "--btf", paramLabel = "FILE", description = "Fit the object to these kernel types (CO-RE).")
    private @Nullable String types;

    @Option(
            names = "--offload",
            paramLabel = "IF",
            description = "Load programs and maps into the card of this interface, if it can run programs.")
    private @Nullable String card;

    @Option(
            names = "--bind",
            paramLabel = "IF",
            description = "Load XDP programs for this interface alone, so that they may ask its driver about frames.")
    private @Nullable String device;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /**
     * Changes what is to be loaded.
     *
     * @throws java.util.NoSuchElementException if the object has no program or map of a name
     * @throws ParameterException if options do not go together, or not with this object
     * @throws dev.skep.object.InputException if something is not written as it should be
     * @throws dev.skep.object.host.HostException if a map or program of the kernel is not there
     */
    void apply(OpenObject open) throws IOException {
        sections.forEach(open::section);
        maxEntries.forEach(open::maxEntries);
        if (!programs.isEmpty()) {
            open.spec().programs().forEach(program -> open.autoload(program.name(), false));
            programs.forEach(name -> open.autoload(name, true));
        }
        reused.forEach((map, other) -> open.reuse(map, map(other)));
        targets.forEach((program, other) -> target(open, program, other));
        if (types != null) {
            open.kernelTypes(KernelTypes.read(new InputFile(types)));
        }
        if (card != null) {
            open.offload(card);
        }
        if (device != null) {
            bind(open, device);
        }
    }

    private void bind(OpenObject open, String device) {
        if (card != null) {
            throw wrong("--offload and --bind exclude each other: a program runs in the card or in the kernel");
        }
        List<String> bound = open.spec().programs().stream()
                .filter(program -> program.type() == ProgramType.XDP)
                .map(ProgramSpec::name)
                .toList();
        if (bound.isEmpty()) {
            throw wrong("--bind is for XDP programs, and " + open.spec().name() + " has none");
        }
        bound.forEach(name -> open.bind(name, device));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private LinuxMap map(String text) {
        LinuxMap map = ObjectReference.written(text, ObjectKind.MAP, Location.in("--reuse-map " + text))
                .map();
        opened.add(map);
        return map;
    }

    private void target(OpenObject open, String program, String text) {
        TargetProgram target = TargetProgram.read(text, Location.in("--target " + text));
        LinuxProgram other = target.program().program();
        opened.add(other);
        open.targetProgram(program, other);
        target.function().ifPresent(function -> open.attachTarget(program, function));
    }

    /** Whether a program is to be loaded. */
    boolean wants(ProgramSpec program) {
        return programs.isEmpty() ? program.autoload() : programs.contains(program.name());
    }

    @Override
    public void close() {
        Closing.all(opened);
    }
}

package dev.skep.cli.run;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.program.ProgramSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the program to run: the one named, or the only one that can be run. */
final class ProgramChoice {
    private ProgramChoice() {}

    /**
     * The program to run.
     *
     * @param name what {@code --prog} says
     * @param where the object file, for messages
     * @throws InputException if there is no such program, or none or several to choose from
     */
    static ProgramSpec of(BpfObject object, Optional<String> name, Location where) {
        if (object.programs().isEmpty()) {
            throw new InputException(where, "there is no program in it", "is a SEC(\"xdp\") or the like missing?");
        }
        return name.isPresent() ? named(object, name.get(), where) : onlyOne(object, where);
    }

    private static ProgramSpec named(BpfObject object, String name, Location where) {
        ProgramSpec program = object.program(name)
                .orElseThrow(() -> new InputException(
                        where, "there is no program '" + name + "'", "there are: " + list(object.programs())));
        if (!isRunnable(program)) {
            throw new InputException(
                    where,
                    "the program '" + name + "' of type " + program.type() + " does not decide about packets",
                    "skep run takes XDP, TC, socket filter, cgroup_skb, flow dissector and the like");
        }
        return program;
    }

    private static ProgramSpec onlyOne(BpfObject object, Location where) {
        List<ProgramSpec> runnable =
                object.programs().stream().filter(ProgramChoice::isRunnable).toList();
        if (runnable.isEmpty()) {
            throw new InputException(
                    where,
                    "no program in it decides about packets",
                    "skep run takes XDP, TC, socket filter, cgroup_skb, flow dissector and the like; there are: "
                            + list(object.programs()));
        }
        if (runnable.size() > 1) {
            throw new InputException(
                    where, "there are several programs", "choose one with --prog NAME: " + list(runnable));
        }
        return runnable.getFirst();
    }

    private static boolean isRunnable(ProgramSpec program) {
        return VerdictNames.of(program.type()).isPresent();
    }

    private static String list(List<ProgramSpec> programs) {
        return programs.stream().map(p -> p.name() + " (" + p.type() + ")").collect(Collectors.joining(", "));
    }
}

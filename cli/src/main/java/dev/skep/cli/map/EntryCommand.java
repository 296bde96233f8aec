package dev.skep.cli.map;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command on the entries of one map. */
abstract class EntryCommand extends KernelCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "WORD",
            description = "Which map (id N, name NAME or pinned PATH), and then as the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected final void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.MAP);
        try (LinuxMap map = reference.map()) {
            work(map, Entries.of(map), reading);
        }
    }

    /** Does what the command is for. @param words those behind the map's name */
    abstract void work(LinuxMap map, Entries entries, Words words) throws IOException;
}

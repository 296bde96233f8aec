package dev.skep.cli.iterator;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.PinPath;
import dev.skep.cli.kernel.Words;
import dev.skep.object.attach.IteratorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep iter pin}. */
@Command(
        name = "pin",
        description =
                "Loads an object's iterator and makes a file of it: each time somebody reads the file, the iterator runs.",
        customSynopsis = "skep iter pin OBJECT PATH [map MAP|pid N|tid N]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep iter pin examples/map-iterator/maps.o /sys/fs/bpf/maps && cat /sys/fs/bpf/maps")
final class IterPinCommand extends KernelCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "WORD",
            description = "The object file, where to pin, and what the iterator is confined to.")
    private List<String> words = List.of();

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        InputFile file = new InputFile(reading.next("the object file"));
        Path path = PinPath.read(reading);
        IteratorScope scope = IteratorObject.readScope(reading);
        reading.end();
        try (IteratorObject iterator = IteratorObject.load(file, scope)) {
            iterator.link().pin(path);
        }
    }
}

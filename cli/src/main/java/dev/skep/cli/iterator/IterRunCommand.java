package dev.skep.cli.iterator;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.link.IteratorStream;
import dev.skep.object.attach.IteratorScope;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep iter run}. */
@Command(
        name = "run",
        description = "Loads an object's iterator, prints what it writes in one pass, and unloads it.",
        customSynopsis = "skep iter run OBJECT [map MAP|pid N|tid N]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep iter run examples/map-iterator/maps.o")
final class IterRunCommand extends KernelCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "WORD",
            description = "The object file, and what the iterator is confined to.")
    private List<String> words = List.of();

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        InputFile file = new InputFile(reading.next("the object file"));
        IteratorScope scope = IteratorObject.readScope(reading);
        reading.end();
        try (IteratorObject iterator = IteratorObject.load(file, scope);
                IteratorStream pass = IteratorStream.open(iterator.link())) {
            IteratorOutput.print(pass, out());
        }
    }
}

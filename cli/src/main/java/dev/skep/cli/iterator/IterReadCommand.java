package dev.skep.cli.iterator;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.link.Links;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.FoundLink;
import dev.skep.linux.link.IteratorStream;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep iter read}. */
@Command(
        name = "read",
        description = "Prints what an iterator that is in the kernel writes in one pass.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep iter read id 7")
final class IterReadCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "LINK", description = "The iterator's link: id N or pinned PATH")
    private List<String> words = List.of();

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.LINK);
        reading.end();
        try (FoundLink link = Links.open(reference);
                IteratorStream pass = IteratorStream.open(link)) {
            IteratorOutput.print(pass, out());
        }
    }
}

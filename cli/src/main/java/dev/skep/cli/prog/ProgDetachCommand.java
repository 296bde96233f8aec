package dev.skep.cli.prog;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.link.LastingAttachment;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep prog detach}. */
@Command(
        name = "detach",
        description =
                "Detaches a program that is attached without a link to the sockets of a map, or as flow dissector.",
        customSynopsis = "skep prog detach PROG TYPE [MAP]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog detach pinned /sys/fs/bpf/verdict sk_skb_verdict pinned /sys/fs/bpf/sockets")
final class ProgDetachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        try (ProgramHook hook = ProgramHook.read(words(words))) {
            LastingAttachment.detach(hook.program(), hook.point());
        }
    }
}

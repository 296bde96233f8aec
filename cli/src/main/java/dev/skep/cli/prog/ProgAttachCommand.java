package dev.skep.cli.prog;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.link.LastingAttachment;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep prog attach}. */
@Command(
        name = "attach",
        description = {
            "Attaches a program to the sockets of a map, or as the flow dissector of this network namespace. It stays attached "
                    + "until it is detached.",
            "TYPE is one of: sk_msg_verdict, sk_skb_verdict, sk_skb_stream_verdict, sk_skb_stream_parser, flow_dissector "
                    + "(without MAP)."
        },
        customSynopsis = "skep prog attach PROG TYPE [MAP]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog attach pinned /sys/fs/bpf/verdict sk_skb_verdict pinned /sys/fs/bpf/sockets")
final class ProgAttachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        try (ProgramHook hook = ProgramHook.read(words(words))) {
            LastingAttachment.attach(hook.program(), hook.point());
        }
    }
}

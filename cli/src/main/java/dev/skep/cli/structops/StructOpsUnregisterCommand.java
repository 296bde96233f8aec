package dev.skep.cli.structops;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep struct_ops unregister}. */
@Command(
        name = "unregister",
        description =
                "Has the kernel use a structure of functions no longer. What is registered by a link ends with it: "
                        + "skep link detach.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep struct_ops unregister name congestion")
final class StructOpsUnregisterCommand extends KernelCommand {
    private static final byte[] KEY = new byte[Integer.BYTES];

    @Parameters(arity = "1..*", paramLabel = "MAP", description = "id N, name NAME or pinned PATH")
    private List<String> words = List.of();

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.MAP);
        reading.end();
        KernelStructure structure = KernelStructure.meant(reference);
        int id = structure.info().id();
        if (!structure.links().isEmpty()) {
            throw new HostException(
                    Errno.EINVAL,
                    structure.info().name() + " is registered by a link; detach that: "
                            + structure.links().stream()
                                    .map(link -> "skep link detach id " + link)
                                    .collect(Collectors.joining(", ")));
        }
        if (!structure.state().equals("inuse")) {
            throw new HostException(Errno.ENOENT, structure.info().name() + " (map " + id + ") is not registered");
        }
        try (LinuxMap map = LinuxMap.ofId(id)) {
            map.delete(KEY);
        }
        out().println("unregistered " + structure.info().name() + ", map " + id);
    }
}

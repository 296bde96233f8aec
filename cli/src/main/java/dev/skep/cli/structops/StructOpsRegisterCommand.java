package dev.skep.cli.structops;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.load.PinFolder;
import dev.skep.cli.program.ProgramFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.system.Closing;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep struct_ops register}. */
@Command(
        name = "register",
        description = {
            "Loads an object and registers its structures of functions with the kernel, which stay when the command ends.",
            "Those of section .struct_ops stay until they are unregistered; those of .struct_ops.link as long as a link holds "
                    + "them, which is pinned in DIR."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep struct_ops register congestion.o /sys/fs/bpf/congestion")
final class StructOpsRegisterCommand extends KernelCommand {
    @Parameters(index = "0", paramLabel = "OBJECT", description = "The object file; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String object;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "A folder of a bpf file system (made if missing) for pins of links: DIR/VARIABLE.")
    private @Nullable Path folder;

    @Override
    protected void execute() throws IOException {
        InputFile file = new InputFile(object);
        BpfObject read = ProgramFile.read(file);
        requirePossible(read, file);
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = host.load(read)) {
            List<StructOpsLink> registered = loaded.registerAll();
            try {
                if (folder != null) {
                    new PinFolder(folder).pinLinks(registered).forEach(pin -> out().println("pinned " + pin));
                }
            } catch (IOException | RuntimeException e) {
                Closing.after(e, registered);
                throw e;
            }
            registered.forEach(each -> out().println("registered " + each.name() + ", map "
                    + each.map().info().id()));
            registered.forEach(StructOpsLink::release);
        }
    }

    /** Says what cannot be, before anything is in the kernel. */
    private void requirePossible(BpfObject read, InputFile file) {
        Location where = Location.in(file.shownName());
        if (read.structOps().isEmpty()) {
            throw new InputException(
                    where, "it has no structure of functions", "a variable in SEC(\".struct_ops.link\") is one");
        }
        boolean links =
                read.structOps().stream().anyMatch(each -> each.section().contains(".link"));
        if (links && folder == null) {
            throw new InputException(
                    where,
                    "its structures are registered by links, which end with this command unless they are pinned",
                    "name a folder of a bpf file system for the pins, or let 'skep load " + file.shownName()
                            + " --attach auto' hold them until Ctrl-C");
        }
    }
}

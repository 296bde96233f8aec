package dev.skep.cli.trace;

import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.portable.PortableScript;
import dev.skep.trace.system.Tracepoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compiled scripts in files: what {@code skep trace --emit} writes and {@code skep trace FILE} runs. */
final class PortableFiles {
    private PortableFiles() {}

    /** Whether a file has a compiled script, or at least no text. */
    static boolean isCompiled(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return PortableScript.isElf(in.readNBytes(PortableScript.ELF_MAGIC_SIZE));
        }
    }

    /**
     * What is in a file, for this machine.
     *
     * @throws TraceFailure if tracepoints record other things here than where it was compiled
     * @throws dev.skep.object.InputException if the file is none that Skep has written
     */
    static TracePlan read(Path file, Tracepoints here) throws IOException {
        PortableScript script = PortableScript.read(Files.readAllBytes(file), file.toString());
        for (Tracepoints.Format format : script.formats()) {
            Tracepoints.Name name = format.name();
            Optional<Tracepoints.Format> found = here.format(name.category(), name.event());
            if (found.isPresent() && !places(format).equals(places(found.get()))) {
                throw new TraceFailure(file + ": the tracepoint " + name.category() + ":" + name.event()
                        + " does not record here what it recorded where the script was compiled; compile it here");
            }
        }
        return script.plan();
    }

    private static List<String> places(Tracepoints.Format format) {
        return format.fields().stream()
                .map(field -> field.name() + " at " + field.offset() + ", " + field.size() + " bytes")
                .toList();
    }
}

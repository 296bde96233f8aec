package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.tree.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The functions of the language that are macros themselves; read when a script first calls one. */
final class StandardLibrary {
    /** What it has: scripts that use none of these never read it. */
    static final Set<String> NAMES = Set.of(
            "container_of", "cpid", "has_cpid", "is_err", "leader_comm", "leader_tid", "memcmp_record", "strcap");

    private static final String FILE = "standard.bt";

    private StandardLibrary() {}

    /** All of it. */
    static List<Script.Macro> macros() {
        try (InputStream file = Objects.requireNonNull(StandardLibrary.class.getResourceAsStream(FILE))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Diagnostics none = new Diagnostics();
            Script script = Parser.parse(new SourceText(FILE, text), none);
            if (none.hasErrors()) {
                throw new IllegalStateException(none.render());
            }
            return script.items().stream()
                    .filter(Script.Macro.class::isInstance)
                    .map(Script.Macro.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts what scripts import in front of what they say themselves: of a file {@code .bt}, of all such files of a folder, each once. Paths
 * are relative to the file that imports; {@code stdlib} is always there.
 */
public final class Imports {
    private static final String SUFFIX = ".bt";
    private static final String STANDARD = "stdlib";

    private final Diagnostics diagnostics;
    private final Set<Path> seen = new HashSet<>();
    private final List<Script.Item> items = new ArrayList<>();

    private Imports(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The script with what it imports. @param diagnostics takes what is wrong with the files, and which there are not */
    public static Script resolve(Script script, Diagnostics diagnostics) {
        if (script.items().stream().noneMatch(Script.Import.class::isInstance)) {
            return script;
        }
        Imports imports = new Imports(diagnostics);
        Path file = Path.of(script.source().name());
        imports.seen.add(file.toAbsolutePath().normalize());
        imports.add(script, file, false);
        return new Script(script.source(), imports.items, script.comments());
    }

    private void add(Script script, Path file, boolean imported) {
        List<Script.Item> own = new ArrayList<>();
        for (Script.Item item : script.items()) {
            switch (item) {
                case Script.Import wanted -> load(wanted, file);
                case Script.Config config
                when imported -> diagnostics.error(config.span(), "invalid `config` within import");
                case Script.Interpreter interpreter when imported -> {
                    // Of no use but in the file that is run.
                }
                default -> own.add(item);
            }
        }
        items.addAll(own);
    }

    private void load(Script.Import wanted, Path from) {
        String name = wanted.path();
        boolean isStandard = name.equals(STANDARD) || (name.startsWith(STANDARD + "/") && name.endsWith(".bpf.c"));
        if (isStandard) {
            return;
        }
        Path path = name.isEmpty() ? from : from.resolveSibling(name);
        if (Files.isDirectory(path) && !name.isEmpty()) {
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(file -> file.toString().endsWith(SUFFIX))
                        .sorted()
                        .forEach(file -> load(wanted.span(), file));
            } catch (IOException e) {
                diagnostics.error(wanted.span(), "cannot read " + path + ": " + e.getMessage());
            }
        } else if (!name.isEmpty() && Files.isRegularFile(path)) {
            if (name.endsWith(SUFFIX)) {
                load(wanted.span(), path);
            } else {
                diagnostics.error(
                        wanted.span(),
                        "unknown import type: \"" + name + "\"",
                        "only files of scripts (.bt) can be imported");
            }
        } else {
            diagnostics.error(wanted.span(), "Unable to find suitable path for import", "checked: " + path);
        }
    }

    private void load(Span place, Path file) {
        if (!seen.add(file.toAbsolutePath().normalize())) {
            return;
        }
        try {
            SourceText text = new SourceText(file.toString(), Files.readString(file));
            add(Parser.parse(text, diagnostics), file, true);
        } catch (IOException e) {
            diagnostics.error(place, "cannot read " + file + ": " + e.getMessage());
        }
    }
}

package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.tree.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Diagnostics diagnostics = new Diagnostics();

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The macros of a script that imports. */
    private List<String> macros(String text) {
        SourceText source = new SourceText(folder.resolve("main.bt").toString(), text);
        return Imports.resolve(Parser.parse(source, diagnostics), diagnostics).items().stream()
                .filter(Script.Macro.class::isInstance)
                .map(item -> ((Script.Macro) item).name())
                .toList();
    }

    @Test
    void whatIsImportedComesFirst() throws IOException {
        write("lib.bt", "#!/usr/bin/env bpftrace\nmacro twice(x) { x + x }");
        assertThat(macros("import \"lib.bt\"; macro own() { 1 } begin { }")).containsExactly("twice", "own");
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @Test
    void aFolderIsAllOfItsScripts() throws IOException {
        write("lib/b.bt", "macro b() { 2 }");
        write("lib/a.bt", "macro a() { 1 }");
        write("lib/notes.txt", "not a script");
        assertThat(macros("import \"./lib\"; begin { }")).containsExactly("a", "b");
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @Test
    void eachFileIsReadOnceAndPathsAreRelativeToTheFile() throws IOException {
        write("lib/a.bt", "import \"b.bt\"; macro a() { 1 }");
        write("main.bt", "begin { }");
        write("lib/b.bt", "import \"a.bt\"; import \"../main.bt\"; macro b() { 2 }");
        assertThat(macros("import \"lib/a.bt\"; import \"lib/b.bt\"; begin { }"))
                .containsExactly("b", "a");
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @Test
    void theStandardLibraryIsAlwaysThere() {
        assertThat(macros("import \"stdlib\"; import \"stdlib/strings/strings.bpf.c\"; begin { }"))
                .isEmpty();
        assertThat(diagnostics.hasErrors()).isFalse();
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() throws IOException {
        write("config.bt", "config = { max_strlen = 10 }");
        write("bad.bt", "macro x( { }");
        write("code.c", "int f(void) { return 1; }");
        macros(
                "import \"config.bt\"; import \"bad.bt\"; import \"code.c\"; import \"none.bt\"; import \"\"; begin { }");
        assertThat(diagnostics.render())
                .contains("config.bt:1:1-29: ERROR: invalid `config` within import")
                .contains("bad.bt:1:10-11: ERROR: syntax error, unexpected {")
                .contains("main.bt:1:38-54: ERROR: unknown import type: \"code.c\"")
                .contains("main.bt:1:55-72: ERROR: Unable to find suitable path for import")
                .contains("HINT: checked: " + folder.resolve("none.bt"))
                .contains("main.bt:1:73-83: ERROR: Unable to find suitable path for import");
    }
}

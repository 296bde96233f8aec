package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in docs/java.md compile, and the engine's verifier accepts them. Imports are left out on the page. */
class JavaPageTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("class (\\w+)");

    private static final String IMPORTS = """
            import static dev.skep.lang.context.XdpAction.*;
            import dev.skep.lang.*;
            import dev.skep.lang.context.*;
            import dev.skep.lang.map.*;
            import dev.skep.lang.net.*;
            import dev.skep.lang.program.*;
            """;

    static Stream<String> programs() throws IOException {
        Matcher found = PROGRAM.matcher(Files.readString(Path.of("..", "docs", "java.md")));
        return found.results().map(result -> result.group(1));
    }

    @Test
    void thereArePrograms() throws IOException {
        assertThat(programs()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyProgramOnThePageLoads(String program, @TempDir Path folder) throws Exception {
        Matcher name = NAME.matcher(program);
        assertThat(name.find()).isTrue();
        Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), IMPORTS + program);
        compile(source, folder);
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                ClassHost engine = Skep.engine()) {
            Class<?> type = loader.loadClass(name.group(1));
            assertThatCode(() -> engine.load(type).close()).doesNotThrowAnyException();
        }
    }

    private static void compile(Path source, Path folder) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        String classPath = System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path", "");
        StringWriter errors = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-cp", classPath, "-d", folder.toString());
            assertThat(compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(errors::toString)
                    .isTrue();
        }
    }
}

package dev.skep.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/linux.md} shows compiles and runs. */
@NeedsBpf
class LinuxPageTest {
    private static final Path PAGE = Path.of("../docs/linux.md");

    private static final String BEFORE = """
            import dev.skep.linux.*;
            import dev.skep.linux.event.*;
            import dev.skep.linux.info.*;
            import dev.skep.linux.link.*;
            import dev.skep.linux.load.*;
            import dev.skep.linux.map.*;
            import dev.skep.linux.program.*;
            import dev.skep.object.*;
            import dev.skep.object.attach.*;
            import dev.skep.object.file.*;
            import dev.skep.object.host.*;
            import java.lang.foreign.*;
            import java.nio.file.*;
            import java.time.Duration;

            public class Examples {
            """;

    /** What every example may use. */
    private static final String METHOD = """
            public static void example%02d(LinuxMap counts, LinuxMap globals, LinuxMap events, LinuxMap samples, LinuxMap commands,
                    LinuxProgram program) throws Exception {
            %s}
            """;

    @Test
    void everyExampleRuns(@TempDir Path classes) throws IOException, ReflectiveOperationException {
        List<String> examples = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        compile(examples, classes);
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                LinuxMap counts = NewMaps.create(MapSpec.of("counts", MapType.HASH, 4, 8, 16));
                LinuxMap globals = NewMaps.create(
                        MapSpec.of("globals", MapType.ARRAY, 4, 64, 1).withFlags(1 << 10));
                LinuxMap events = NewMaps.create(MapType.RINGBUF, 0, 0, 4096);
                LinuxMap samples = NewMaps.create(MapType.PERF_EVENT_ARRAY, 4, 4, 64);
                LinuxMap commands = NewMaps.create(MapType.USER_RINGBUF, 0, 0, 4096);
                LinuxProgram program = NewPrograms.load(ProgramType.XDP, "r0 = 2\nexit\n")) {
            List<Method> methods = Stream.of(loader.loadClass("Examples").getMethods())
                    .filter(method -> method.getName().startsWith("example"))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            assertThat(methods).hasSameSizeAs(examples);
            for (Method method : methods) {
                method.invoke(null, counts, globals, events, samples, commands, program);
            }
            assertThat(counts.entries()).hasSize(2);
            assertThat(globals.lookup(new byte[4]).orElseThrow()[0]).isEqualTo((byte) 42);
        }
    }

    private static void compile(List<String> examples, Path classes) {
        StringBuilder source = new StringBuilder(BEFORE);
        for (int i = 0; i < examples.size(); i++) {
            source.append(METHOD.formatted(i, examples.get(i)));
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        List<JavaFileObject> units = List.of(new Source(source.append("}").toString()));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, units)
                .call();
        assertThat(problems.getDiagnostics()).noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
    }

    /** The examples as one file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Examples.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

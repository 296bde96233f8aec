package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.compiler.code.Target;
import dev.skep.object.BpfObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A program class as text, compiled by {@code javac} in memory: the members of {@code Test}, their first line being line 1. */
record JavaText(Map<String, byte[]> classes) {
    private static final String NAME = "Test";

    private static final String IMPORTS = List.of("", ".context", ".kernel", ".map", ".net", ".program").stream()
            .map(part -> "import dev.skep.lang" + part + ".*; ")
            .reduce("", String::concat);

    /** Compiles; what {@code javac} refuses fails the test. */
    static JavaText of(String members) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        Map<String, ByteArrayOutputStream> written = new HashMap<>();
        StringWriter errors = new StringWriter();
        String classPath = System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path", "");
        boolean compiled = compiler.getTask(
                        errors,
                        new Output(compiler.getStandardFileManager(null, null, null), written),
                        null,
                        List.of("-nowarn", "-proc:none", "-g", "-cp", classPath),
                        null,
                        List.of(new Source(IMPORTS + "final class " + NAME + " { " + members + "\n}\n")))
                .call();
        if (!compiled) {
            throw new AssertionError(errors.toString());
        }
        Map<String, byte[]> classes = new HashMap<>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return new JavaText(classes);
    }

    /** Compiles to BPF. */
    BpfObject compile(Target target) {
        ClassSource source = name -> Optional.ofNullable(classes.get(name));
        return JavaFrontEnd.compile(JavaFrontEnd.read(source, NAME, target), target);
    }

    /** What is found when these members are compiled to BPF, a line each; the test fails if nothing is. */
    static List<String> findings(String members) {
        return findings(members, Target.DEFAULT);
    }

    static List<String> findings(String members, Target target) {
        JavaText text = of(members);
        JavaSourceException refused = catchThrowableOfType(JavaSourceException.class, () -> text.compile(target));
        return refused.findings().stream().map(Finding::toString).toList();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + NAME + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        Output(JavaFileManager manager, Map<String, ByteArrayOutputStream> written) {
            super(manager);
            this.written = written;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}

package dev.skep.cli.program;

import dev.skep.cli.CliException;
import dev.skep.cli.ExitCode;
import dev.skep.lang.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A Java source file compiled by this JDK's javac, in memory.
 *
 * @param classes by internal name, in the order in which javac wrote them
 */
record CompiledJava(Map<String, byte[]> classes) {
    /**
     * Compiles one file.
     *
     * @param name as messages call it
     * @throws CliException with javac's errors, or if this Java has no compiler
     */
    static CompiledJava of(String name, byte[] source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    name + ": this Java has no compiler; run skep with a JDK, or give it the class file");
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Output output = new Output(compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8));
        List<String> options = List.of(
                "-g",
                "-proc:none",
                "-Xlint:none",
                "-parameters",
                "-classpath",
                languageLocation().toString());
        boolean compiled = compiler.getTask(
                        new StringWriter(), output, diagnostics, options, null, List.of(new Source(name, source)))
                .call();
        if (!compiled) {
            throw new CliException(ExitCode.BAD_INPUT, errors(name, diagnostics.getDiagnostics()));
        }
        return new CompiledJava(output.classes());
    }

    private static List<String> errors(String name, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(error -> name + ":" + error.getLineNumber() + ":" + error.getColumnNumber() + ": "
                        + error.getMessage(Locale.ROOT))
                .toList();
    }

    /** The jar or folder with {@code dev.skep.lang}. */
    private static Path languageLocation() {
        CodeSource location = Struct.class.getProtectionDomain().getCodeSource();
        if (location == null) {
            throw new CliException(
                    ExitCode.UNAVAILABLE, "javac needs Skep's jars, and this skep is one image; give it a class file");
        }
        try {
            return Path.of(location.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class's location is no URI", e);
        }
    }

    /** What is compiled. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, byte[] text) {
            super(URI.create("memory:///" + Path.of(name).getFileName()), Kind.SOURCE);
            this.text = new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Where javac writes to. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final List<ClassFile> written = new ArrayList<>();

        Output(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            ClassFile file = new ClassFile(className);
            written.add(file);
            return file;
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            written.forEach(file -> classes.put(file.internalName, file.bytes.toByteArray()));
            return classes;
        }
    }

    /** A class that is written. */
    private static final class ClassFile extends SimpleJavaFileObject {
        private final String internalName;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
            internalName = className.replace('.', '/');
        }

        @Override
        public OutputStream openOutputStream() throws IOException {
            return bytes;
        }
    }
}

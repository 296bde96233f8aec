package dev.skep.random;

import dev.skep.lang.context.XdpAction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A class of random methods, compiled by {@code javac}. Beside each method {@code m7} it has a program {@code p7}, which takes the
 * arguments from the packet and writes the result behind them.
 *
 * @param type the class
 * @param seeds of the methods
 */
record MethodBatch(Class<?> type, List<Long> seeds) {
    /** Where the result lies in the packet. */
    static final int RESULT = 32;

    /** Bytes of a packet. */
    static final int PACKET = RESULT + Long.BYTES;

    private static final String FRAME = """
            package dev.skep.random.made;

            import dev.skep.lang.Struct;
            import dev.skep.lang.context.XdpContext;
            import dev.skep.lang.program.Xdp;

            final class %s {
                static final class Arguments extends Struct {
            %s        long result;
                }

            %s}
            """;

    private static final String PROGRAM = """
                @Xdp
                static int p%d(XdpContext context) {
                    Arguments all = context.packet(0, Arguments.class);
                    if (all == null) {
                        return %d;
                    }
                    all.result = m%d(%s);
                    return %d;
                }

            """;

    /**
     * Generates and compiles.
     *
     * @param first the seed of the first method; the others have the following
     * @param folder for source and class files
     */
    static MethodBatch of(long first, int count, Path folder) {
        List<Long> numbers = LongStream.range(first, first + count).boxed().toList();
        String name = "Batch" + first;
        try {
            Path source = Files.writeString(folder.resolve(name + ".java"), source(name, numbers));
            compile(source, folder);
            URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
            return new MethodBatch(loader.loadClass("dev.skep.random.made." + name), numbers);
        } catch (MalformedURLException | ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String source(String name, List<Long> numbers) {
        String fields = MethodGenerator.PARAMETERS.stream()
                .map(p -> "        " + p.type().keyword() + " " + p.name() + ";\n")
                .collect(Collectors.joining());
        String arguments =
                MethodGenerator.PARAMETERS.stream().map(p -> "all." + p.name()).collect(Collectors.joining(", "));
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            members.append(MethodGenerator.method("m" + i, numbers.get(i)));
            members.append(PROGRAM.formatted(i, XdpAction.XDP_DROP, i, arguments, XdpAction.XDP_PASS));
        }
        return FRAME.formatted(name, fields, members);
    }

    private static void compile(Path source, Path folder) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        String classPath = System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path", "");
        StringWriter errors = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            errors,
                            files,
                            null,
                            List.of("-nowarn", "-proc:none", "-g", "-cp", classPath, "-d", folder.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("javac refuses what was generated:\n" + errors);
            }
        }
    }

    /** The method with this number. */
    Method method(int index) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals("m" + index)) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new IllegalArgumentException("there is no method m" + index);
    }

    /** The source text of the method with this number, for whoever has to find out why it differs. */
    String text(int index) {
        return MethodGenerator.method("m" + index, seeds.get(index));
    }
}

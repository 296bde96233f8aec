package dev.skep.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A page's Java program: the first fenced block of Java, followed by one of text with what it prints.
 *
 * @param printed what it prints when it is compiled and run
 * @param documented what the page says it prints
 */
public record DocumentedExample(String printed, String documented) {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

    /**
     * Compiles and runs the program of {@code page}, a class {@code Example}, with the test's class path.
     *
     * @param folder an empty one for the compiled class
     * @throws IllegalArgumentException if the page has no such program, or it does not compile
     */
    public static DocumentedExample of(Path page, Path folder) throws Exception {
        Matcher found = EXAMPLE.matcher(Files.readString(page));
        if (!found.find()) {
            throw new IllegalArgumentException(page + " has no Java program followed by what it prints");
        }
        Path source = Files.writeString(folder.resolve("Example.java"), found.group(1));
        String classPath = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
        if (result != 0) {
            throw new IllegalArgumentException("the program in " + page + " does not compile");
        }
        return new DocumentedExample(output(folder), found.group(2));
    }

    private static String output(Path folder) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method main = loader.loadClass("Example").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(standard);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

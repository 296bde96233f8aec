package dev.skep.cli.program;

import dev.skep.lang.map.KeyedMap;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;

/** An error of javac as it is shown: in its words, unless Java that looks right cannot be had in BPF. */
final class JavacError {
    /** javac's name of the error that a {@code for} loop goes through what is neither array nor {@code Iterable}. */
    private static final String NOT_ITERABLE = "compiler.err.foreach.not.applicable.to.type";

    /** How javac names the type at the end of that error's message. */
    private static final Pattern FOUND = Pattern.compile("([\\w.]+)(<.*>)?\\s*\\z");

    private JavacError() {}

    /** The file, line and column, and what is wrong there. */
    static String text(String file, Diagnostic<?> error) {
        return file + ":" + error.getLineNumber() + ":" + error.getColumnNumber() + ": " + message(error);
    }

    private static String message(Diagnostic<?> error) {
        String message = error.getMessage(Locale.ROOT);
        if (NOT_ITERABLE.equals(error.getCode())) {
            Matcher found = FOUND.matcher(message);
            if (found.find() && isMap(found.group(1))) {
                return "a for loop over a map (" + found.group(1) + "): the kernel goes through maps by calling a"
                        + " function for each entry; write map.forEach((key, value) -> ...), or map.forEachWhile, whose"
                        + " function returns false to end early";
            }
        }
        return message;
    }

    private static boolean isMap(String type) {
        try {
            return KeyedMap.class.isAssignableFrom(Class.forName(type, false, KeyedMap.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

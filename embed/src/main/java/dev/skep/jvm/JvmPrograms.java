package dev.skep.jvm;

import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineProgram;
import dev.skep.lang.Section;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Has the programs of an object run as the Java code that they were compiled from. */
public final class JvmPrograms {
    private JvmPrograms() {}

    /**
     * From now on the programs of an engine's object are Java. Comes before the first run of one.
     *
     * @param type the class that {@code unit} was read from
     * @param unit what {@code object} was compiled from
     */
    public static void runInJava(Class<?> type, CompilationUnit unit, EngineObject object) {
        ProgramClasses classes = new ProgramClasses(type.getClassLoader(), object, unit.globals());
        Class<?> rewritten = classes.rewritten(type);
        JvmPrograms.class.getModule().addReads(rewritten.getModule());
        for (EngineProgram program : object.programs()) {
            Method original = method(type, program.spec().name());
            program.runInJava(new JvmProgram(classes, handle(same(rewritten, original)), aborted(original)));
        }
    }

    /** A program; other methods may have its name. */
    private static Method method(Class<?> type, String name) {
        List<Method> named = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        return named.stream()
                .filter(method -> section(method).isPresent())
                .findFirst()
                .or(() -> named.stream().findFirst())
                .orElseThrow(() -> new NoSuchElementException(type.getName() + " has no method " + name));
    }

    /** The method of a class that was loaded once more. */
    private static Method same(Class<?> rewritten, Method original) {
        return Arrays.stream(rewritten.getDeclaredMethods())
                .filter(method -> method.getName().equals(original.getName())
                        && parameters(method).equals(parameters(original)))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(rewritten.getName() + " has no method " + original));
    }

    private static List<String> parameters(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the program " + method, e);
        }
    }

    /** What a program returns when Java throws, as the annotation of its type says. */
    private static int aborted(Method program) {
        return section(program).map(Section::aborted).orElse(0);
    }

    /** What the annotation that makes a method a program says; empty for other methods. */
    private static Optional<Section> section(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> Optional.ofNullable(type.getAnnotation(Section.class)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}

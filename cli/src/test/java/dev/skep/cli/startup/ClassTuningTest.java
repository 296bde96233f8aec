package dev.skep.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ClassTuningTest {
    private static final ClassTuning TUNING =
            new ClassTuning(ClassHierarchyResolver.ofResourceParsing(ClassTuningTest.class.getClassLoader()));

    private static final ClassDesc OBJECT_METHODS = ClassDesc.of("java.lang.runtime.ObjectMethods");

    /** All kinds of components, some of which are null or not a number. */
    record Everything(
            boolean truth,
            byte small,
            char letter,
            short medium,
            int number,
            long large,
            float single,
            double precise,
            @Nullable String text,
            List<Integer> list) {}

    record Nothing() {}

    sealed interface Shape permits Circle, Square, Point {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    enum Point implements Shape {
        ORIGIN,
        UNIT
    }

    /** Switches of each kind, and what they say of many things. */
    public static final class Switches implements Function<Object, String> {
        @Override
        public String apply(@Nullable Object thing) {
            return types(thing) + guards(thing) + labels(thing);
        }

        private static String types(@Nullable Object thing) {
            return switch (thing) {
                case null -> "null";
                case Circle(int radius) -> "circle " + radius;
                case Shape shape -> "shape " + shape;
                case String text -> "text " + text;
                case Integer[] numbers -> "numbers " + numbers.length;
                default -> "other";
            };
        }

        private static String guards(@Nullable Object thing) {
            return switch (thing) {
                case Circle circle when circle.radius() > 10 -> "large";
                case Circle circle when circle.radius() > 5 -> "medium";
                case Circle _ -> "small";
                case CharSequence text when text.length() > 3 -> "long";
                case String text when text.isEmpty() -> "empty";
                case null, default -> "none";
            };
        }

        private static String labels(@Nullable Object thing) {
            return thing instanceof Shape shape
                    ? switch (shape) {
                        case Point.ORIGIN -> "origin";
                        case Point.UNIT -> "unit";
                        case Circle _, Square _ -> "area";
                    }
                    : "no shape";
        }
    }

    /** Loads tuned classes where the parent has them as they were. */
    private static final class TunedClasses extends ClassLoader {
        TunedClasses() {
            super(ClassTuningTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ClassTuningTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] before = bytes(name);
            byte[] tuned = TUNING.tune(before).orElse(before);
            return defineClass(name, tuned, 0, tuned.length);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream file = Objects.requireNonNull(
                ClassTuningTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Object make(ClassLoader loader, Class<?> type, Object... arguments) throws Exception {
        var constructor = loader.loadClass(type.getName()).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    private static List<@Nullable Object> things(ClassLoader loader) throws Exception {
        List<@Nullable Object> things = new ArrayList<>();
        for (int size : new int[] {0, 5, 6, 11}) {
            things.add(make(loader, Circle.class, size));
            things.add(make(loader, Square.class, size));
        }
        things.addAll(List.of("", "abc", "abcd", new StringBuilder("abcd"), new Integer[3], 7));
        things.addAll(List.of(loader.loadClass(Point.class.getName()).getEnumConstants()));
        things.add(null);
        return things;
    }

    @Test
    @SuppressWarnings("unchecked")
    void tunedSwitchesChooseWhatTheyChose() throws Exception {
        ClassLoader plain = ClassTuningTest.class.getClassLoader();
        ClassLoader tuned = new TunedClasses();
        var before = new Switches();
        var after = (Function<@Nullable Object, String>) make(tuned, Switches.class);
        assertThat(after.getClass()).isNotEqualTo(Switches.class);
        List<@Nullable Object> same = things(plain);
        List<@Nullable Object> things = things(tuned);
        for (int i = 0; i < things.size(); i++) {
            assertThat(after.apply(things.get(i))).isEqualTo(before.apply(same.get(i)));
        }
    }

    private static Object[] components(float single, double precise, @Nullable String text) {
        return new Object[] {true, (byte) -3, 'x', (short) 300, 70_000, 1L << 40, single, precise, text, List.of(1, 2)};
    }

    @Test
    void tunedRecordsAreEqualAndHashAsTheyDid() throws Exception {
        ClassLoader plain = ClassTuningTest.class.getClassLoader();
        ClassLoader tuned = new TunedClasses();
        List<Object[]> values = List.of(
                components(1, 2, "a"),
                components(Float.NaN, Double.NaN, null),
                components(0f, -0d, "a"),
                components(-0f, 0d, "a"),
                components(1, 2, "b"));
        for (Object[] left : values) {
            Object before = make(plain, Everything.class, left);
            Object after = make(tuned, Everything.class, left);
            assertThat(after.hashCode()).isEqualTo(before.hashCode());
            assertThat(after).isNotEqualTo(before).hasToString(before.toString());
            for (Object[] right : values) {
                assertThat(after.equals(make(tuned, Everything.class, right)))
                        .isEqualTo(before.equals(make(plain, Everything.class, right)));
            }
        }
        assertThat(make(tuned, Nothing.class))
                .isEqualTo(make(tuned, Nothing.class))
                .hasSameHashCodeAs(new Nothing());
    }

    private static boolean isTunable(CodeElement element) {
        return element instanceof InvokeDynamicInstruction call
                && (PlainSwitches.isReplaceable(call)
                        || (call.bootstrapMethod().owner().equals(OBJECT_METHODS)
                                && !call.name().equalsString("toString")));
    }

    private static long tunable(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(ClassTuningTest::isTunable)
                .count();
    }

    @Test
    void nothingIsLeftToTuneAndATunedClassStaysAsItIs() {
        byte[] before = bytes(Switches.class.getName());
        byte[] after = TUNING.tune(before).orElseThrow();
        assertThat(tunable(before)).isPositive();
        assertThat(tunable(after)).isZero();
        assertThat(TUNING.tune(after)).isEmpty();
        assertThat(ClassFile.of().verify(after)).isEmpty();
    }

    @Test
    void aClassOfAnOldFormatGetsTheNewest() {
        byte[] old = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .transformClass(ClassFile.of().parse(bytes(Circle.class.getName())), (to, element) -> {
                    to.with(element instanceof ClassFileVersion ? ClassFileVersion.of(49, 0) : element);
                });
        byte[] tuned = TUNING.tune(old).orElseThrow();
        assertThat(ClassFile.of().parse(tuned).majorVersion()).isEqualTo(ClassFile.latestMajorVersion());
        assertThat(ClassFile.of().verify(tuned)).isEmpty();
    }

    @Test
    void aJarIsRewrittenOnce(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("some.jar");
        String name = Switches.class.getName().replace('.', '/') + ".class";
        try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(jar))) {
            to.putNextEntry(new ZipEntry("readme.txt"));
            to.write(1);
            to.putNextEntry(new ZipEntry(name));
            to.write(bytes(Switches.class.getName()));
        }
        JarTuning.main(new String[] {folder.toString()});
        byte[] once = Files.readAllBytes(jar);
        try (ZipFile rewritten = new ZipFile(jar.toFile())) {
            assertThat(tunable(
                            rewritten.getInputStream(rewritten.getEntry(name)).readAllBytes()))
                    .isZero();
            assertThat(rewritten.getEntry("readme.txt")).isNotNull();
        }
        var time = Files.getLastModifiedTime(jar);
        JarTuning.main(new String[] {jar.toString()});
        assertThat(jar).hasBinaryContent(once);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(time);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }
}

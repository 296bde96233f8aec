package dev.skep;

import dev.skep.lang.context.XdpAction;
import dev.skep.lang.program.Xdp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Runs a class as Java: as {@code javac} compiled it, by reflection, with nothing of Skep around it. Beside each program, which takes
 * three numbers from the packet, the class has a method of the same name that computes with them.
 */
final class PlainJava {
    /** Bytes of an {@code int}, another, and a {@code long}, which lie at a packet's start. */
    private static final int NUMBERS = 16;

    /** What programs return for packets that are shorter. */
    static final int TOO_SHORT = -1;

    private PlainJava() {}

    /** Names of the programs of a class, sorted. */
    static List<String> programs(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Xdp.class))
                .map(Method::getName)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Loads a class and those within it once more, so that its static fields are as they were. */
    private static final class Fresh extends ClassLoader {
        private final String name;

        Fresh(Class<?> type) {
            super(type.getClassLoader());
            this.name = type.getName();
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            if (!wanted.equals(name) && !wanted.startsWith(name + "$")) {
                return super.loadClass(wanted, resolve);
            }
            Class<?> loaded = findLoadedClass(wanted);
            return loaded == null ? define(wanted) : loaded;
        }

        private Class<?> define(String wanted) {
            try (InputStream file = Objects.requireNonNull(
                    getParent().getResourceAsStream(wanted.replace('.', '/') + ".class"), wanted)) {
                byte[] bytes = file.readAllBytes();
                return defineClass(wanted, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the method beside each program returns for each packet, in the words of {@link #onHost}. */
    static List<String> onJvm(Class<?> original, List<byte[]> packets) {
        Class<?> type = fresh(original);
        List<String> results = new ArrayList<>();
        for (String name : programs(type)) {
            Method method = method(type, name);
            packets.forEach(packet -> results.add(name + " " + call(method, packet)));
        }
        return results;
    }

    /** What each program returns for each packet. */
    static List<String> onHost(LoadedClass loaded, Class<?> type, List<byte[]> packets) {
        List<String> results = new ArrayList<>();
        for (String name : programs(type)) {
            LoadedProgram program = loaded.program(name);
            packets.forEach(
                    packet -> results.add(name + " " + (int) program.run(packet).returnValue()));
        }
        return results;
    }

    private static Class<?> fresh(Class<?> type) {
        try {
            return new Fresh(type).loadClass(type.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Method method(Class<?> type, String name) {
        try {
            Method method = type.getDeclaredMethod(name, int.class, int.class, long.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("beside the program " + name + " there is no " + name + "(int, int, long)", e);
        }
    }

    private static int call(Method method, byte[] packet) {
        if (packet.length < NUMBERS) {
            return TOO_SHORT;
        }
        ByteBuffer numbers = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return (int) method.invoke(null, numbers.getInt(), numbers.getInt(), numbers.getLong());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ArithmeticException || e.getCause() instanceof IndexOutOfBoundsException) {
                return XdpAction.XDP_ABORTED;
            }
            throw new AssertionError(method + " on the JVM", e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

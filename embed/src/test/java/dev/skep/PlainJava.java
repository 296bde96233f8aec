package dev.skep;

import dev.skep.lang.context.XdpAction;
import dev.skep.lang.program.Xdp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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

    /** What the method beside each program returns for each packet, in the words of {@link #onHost}. */
    static List<String> onJvm(Class<?> type, List<byte[]> packets) {
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
            packets.forEach(packet ->
                    results.add(name + " " + (int) program.run(packet).returnValue()));
        }
        return results;
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

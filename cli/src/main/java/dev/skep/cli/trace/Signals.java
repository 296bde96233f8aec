package dev.skep.cli.trace;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Locale;

/**
 * Signals to this process, by {@code sun.misc.Signal} of the module jdk.unsupported: the JDK has nothing better. It is called by
 * reflection, since javac warns of each mention and cannot be told not to.
 */
final class Signals {
    private Signals() {}

    /** Has {@code action} run, on a thread of its own, whenever the signal comes. @param name {@code SIGUSR1} or {@code USR1} */
    @SuppressWarnings("ReferenceEquality") // a proxy equals itself alone; its own equals() is this one
    static void on(String name, Runnable action) {
        String capitals = name.toUpperCase(Locale.ROOT);
        String bare = capitals.startsWith("SIG") ? capitals.substring("SIG".length()) : capitals;
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return switch (method.getName()) {
                            case "equals" -> proxy == args[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "toString" -> "handler of " + bare;
                            default -> null;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(bare), handling);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException target ? target.getTargetException() : e;
            throw new HostException(Errno.EINVAL, "signal " + name + " cannot be waited for: " + cause.getMessage());
        }
    }

    /** As {@link #on}, for a signal that this process may not be able to wait for. */
    static void ifPossible(String name, Runnable action) {
        try {
            on(name, action);
        } catch (HostException e) {
            // the JVM was started with -Xrs: it ends at once, as it was told to
        }
    }
}

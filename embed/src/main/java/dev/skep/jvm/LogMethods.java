package dev.skep.jvm;

import dev.skep.object.program.HelperId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Printing. */
final class LogMethods {
    static final Map<String, BpfOnly.Body> BODIES = Map.of("Log.printf", LogMethods::printf);

    /** As many as {@code bpf_trace_printk} takes. */
    private static final int IN_REGISTERS = 3;

    private LogMethods() {}

    private static @Nullable Object printf(JavaRun run, @Nullable Object[] arguments) {
        byte[] text = (Objects.requireNonNull(arguments[0], "format") + "\0").getBytes(StandardCharsets.UTF_8);
        Object[] values = (Object[]) Objects.requireNonNull(arguments[1], "arguments");
        long format = run.newMemory(text.length, "format");
        run.execution().sandbox().write(text, 0, format, text.length);
        if (values.length <= IN_REGISTERS) {
            long[] r = new long[2 + IN_REGISTERS];
            r[0] = format;
            r[1] = text.length;
            for (int i = 0; i < values.length; i++) {
                r[2 + i] = value(run, values[i]);
            }
            HelperMethods.call(run, HelperId.TRACE_PRINTK, r);
        } else {
            int size = Long.BYTES * values.length;
            long data = run.newMemory(size, "arguments");
            for (int i = 0; i < values.length; i++) {
                run.execution().sandbox().putLong(data + (long) Long.BYTES * i, value(run, values[i]));
            }
            HelperMethods.call(run, HelperId.TRACE_VPRINTK, format, text.length, data, size);
        }
        return null;
    }

    /** A number; of a text the address. */
    private static long value(JavaRun run, Object argument) {
        if (!(argument instanceof String text)) {
            return JavaNumber.value(argument);
        }
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
        long address = run.newMemory(bytes.length, "text");
        run.execution().sandbox().write(bytes, 0, address, bytes.length);
        return address;
    }
}

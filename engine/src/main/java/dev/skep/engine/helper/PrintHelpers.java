package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;

/** {@code bpf_trace_printk}, {@code bpf_trace_vprintk} and {@code bpf_snprintf}. Printing is for people: only here may a helper allocate. */
final class PrintHelpers {
    /** {@code MAX_BPRINTF_VARARGS}. */
    private static final int MOST_ARGUMENTS = 12;

    private PrintHelpers() {}

    /** @return the number of bytes printed, or -EINVAL */
    static long trace(Execution run, long format, long size, long a, long b, long c) {
        return print(
                run,
                format,
                size & 0xffff_ffffL,
                index -> switch (index) {
                    case 0 -> a;
                    case 1 -> b;
                    default -> c;
                },
                3);
    }

    /** @param data address of u64 values @param length their size in bytes */
    static long traceArray(Execution run, long format, long size, long data, long length, long r5) {
        int count = arrayLength(length, data);
        return count < 0
                ? Errno.EINVAL.negated()
                : print(run, format, size & 0xffff_ffffL, index -> run.sandbox().getLong(data + 8L * index), count);
    }

    /** @return the length of the whole text with its NUL, even if the buffer was too small for it; or -EINVAL */
    static long format(Execution run, long buffer, long size, long format, long data, long length) {
        int count = arrayLength(length, data);
        if (count < 0) {
            return Errno.EINVAL.negated();
        }
        Sandbox memory = run.sandbox();
        FormatText text = new FormatText();
        int error =
                text.format(memory, format, Sandbox.SIZE - format, index -> memory.getLong(data + 8L * index), count);
        if (error != 0) {
            return error;
        }
        int room = (int) Math.min(size & 0xffff_ffffL, Integer.MAX_VALUE);
        if (room > 0) {
            int copied = Math.min(text.length(), room - 1);
            memory.write(text.bytes(), 0, buffer, copied);
            memory.putByte(buffer + copied, (byte) 0);
        }
        return text.length() + 1L;
    }

    private static int arrayLength(long length, long data) {
        long bytes = length & 0xffff_ffffL;
        boolean valid = bytes % 8 == 0 && bytes <= MOST_ARGUMENTS * 8 && (bytes == 0 || data != 0);
        return valid ? (int) (bytes / 8) : -1;
    }

    private static long print(Execution run, long format, long size, IntToLongFunction arguments, int count) {
        FormatText text = new FormatText();
        int error = text.format(run.sandbox(), format, size, arguments, count);
        if (error != 0) {
            return error;
        }
        int visible = text.length();
        if (visible > 0 && text.bytes()[visible - 1] == '\n') {
            visible--;
        }
        run.environment().trace().accept(new String(text.bytes(), 0, visible, StandardCharsets.UTF_8));
        return text.length();
    }
}

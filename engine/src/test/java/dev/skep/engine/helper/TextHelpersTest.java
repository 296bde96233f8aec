package dev.skep.engine.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers from text and text from numbers, as kernel/bpf/helpers.c has it. */
class TextHelpersTest {
    private final StandaloneExecution run = new StandaloneExecution();

    @AfterEach
    void close() {
        run.close();
    }

    @ParameterizedTest
    @CsvSource({
        "42, 0, 2, 42",
        "'  -42x', 0, 5, -42",
        "0x1f, 0, 4, 31",
        "0x1f, 16, 4, 31",
        "1f, 16, 2, 31",
        "017, 0, 3, 15",
        "017, 10, 3, 17",
        "0, 0, 1, 0",
        "0x, 0, 1, 0",
        "9223372036854775807, 10, 19, 9223372036854775807",
        "-9223372036854775808, 10, 20, -9223372036854775808",
    })
    void strtolReadsALeadingNumberAndSaysHowLongItWas(String text, int base, int consumed, long value) {
        long result = run.memory(new byte[8]);
        assertThat(StringHelpers.strtol(run, run.text(text), text.length(), base, result, 0))
                .isEqualTo(consumed);
        assertThat(run.sandbox.getLong(result)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, EINVAL",
        "abc, 10, EINVAL",
        "-, 10, EINVAL",
        "12, 7, EINVAL",
        "9223372036854775808, 10, ERANGE",
        "-9223372036854775809, 10, ERANGE",
        "99999999999999999999999, 10, ERANGE",
    })
    void strtolRefusesWhatTheKernelRefuses(String text, int base, Errno errno) {
        long result = run.memory(new byte[8]);
        assertThat(StringHelpers.strtol(run, run.text(text), text.length(), base, result, 0))
                .isEqualTo(errno.negated());
    }

    @Test
    void strtoulTakesTheWholeUnsignedRangeAndNoSign() {
        long result = run.memory(new byte[8]);
        String largest = "18446744073709551615";
        assertThat(StringHelpers.strtoul(run, run.text(largest), largest.length(), 10, result, 0))
                .isEqualTo(20);
        assertThat(run.sandbox.getLong(result)).isEqualTo(-1L);
        assertThat(StringHelpers.strtoul(run, run.text("-1"), 2, 10, result, 0)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void strncmpStopsAtTheEndOfBothStringsOrAtTheSize() {
        assertThat(StringHelpers.strncmp(run, run.text("abc"), 4, run.text("abc"), 0, 0))
                .isZero();
        assertThat(StringHelpers.strncmp(run, run.text("abx"), 2, run.text("aby"), 0, 0))
                .isZero();
        assertThat(StringHelpers.strncmp(run, run.text("abc"), 4, run.text("abe"), 0, 0))
                .isEqualTo(-1);
        assertThat(StringHelpers.strncmp(run, run.text("c"), 2, run.text("a"), 0, 0))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "%d, -1, -1",
        "%u, -1, 4294967295",
        "%lu, -1, 18446744073709551615",
        "%lld, -9223372036854775808, -9223372036854775808",
        "%x, 255, ff",
        "%llX, 48879, BEEF",
        "%5d|, 42, '   42|'",
        "%-5d|, 42, '42   |'",
        "%05d, -42, -0042",
        "%+d, 7, +7",
        "%c, 65, A",
        "%d%%, 50, 50%",
        "%px, 4096, 1000",
        "%p, 4096, 0000000000001000",
    })
    void snprintfFormatsANumber(String format, long value, String text) {
        assertThat(format(64, format, value)).isEqualTo(text);
    }

    @Test
    void snprintfFormatsStringsAndAddresses() {
        assertThat(format(64, "<%s> <%10s>", run.text("comm"), run.text("right")))
                .isEqualTo("<comm> <     right>");
        long address = run.memory(new byte[] {(byte) 192, (byte) 168, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThat(format(64, "%pI4 %pi4", address, address)).isEqualTo("192.168.0.1 192.168.000.001");
        assertThat(format(64, "%pI6", address)).isEqualTo("c0a8:0001:0000:0000:0000:0000:0000:0001");
        assertThat(format(64, "%pi6", address)).isEqualTo("c0a80001000000000000000000000001");
    }

    @Test
    void snprintfCutsToTheBufferAndReturnsTheWholeLength() {
        long out = run.memory(new byte[4]);
        long length = PrintHelpers.format(run, out, 4, run.text("abcdef"), 0, 0);
        assertThat(length).isEqualTo(7);
        assertThat(run.textAt(out)).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"%f", "%n", "%lc", "%pZ9", "%", "%d %d", "\u00e9"})
    void snprintfRefusesWhatTheKernelRefuses(String format) {
        long out = run.memory(new byte[64]);
        long values = run.memory(new byte[8]);
        assertThat(PrintHelpers.format(run, out, 64, run.text(format), values, 8))
                .isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void printkPrintsALineWithoutItsBreak() {
        String format = "%d of %s%c\n";
        long length = PrintHelpers.trace(run, run.text(format), format.length() + 1, 1, run.text("two"), '!');
        assertThat(run.printed).containsExactly("1 of two!");
        assertThat(length).isEqualTo("1 of two!\n".length());
    }

    @Test
    void vprintkTakesItsValuesFromMemory() {
        String format = "%llu %llu %llu %llu";
        long values = run.memory(longs(1, 2, 3, 4));
        PrintHelpers.traceArray(run, run.text(format), format.length() + 1, values, 32, 0);
        assertThat(run.printed).containsExactly("1 2 3 4");
    }

    private String format(int room, String format, long... values) {
        long out = run.memory(new byte[room]);
        long length =
                PrintHelpers.format(run, out, room, run.text(format), run.memory(longs(values)), values.length * 8L);
        assertThat(length).isEqualTo(run.textAt(out).length() + 1);
        return run.textAt(out);
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }
}

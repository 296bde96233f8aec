package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.plan.Action;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%d; 42; 42",
                "%5d|; 42; '   42|'",
                "%-5d|; 42; '42   |'",
                "%05d; -42; 00-42",
                "%-05d|; 42; 42000|",
                "% d; 42; 42",
                "%+d; 42; +42",
                "%x; 255; ff",
                "%X; 255; FF",
                "%#x; 255; 0xff",
                "%#06x; 255; 000xff",
                "%o; 8; 10",
                "%u; -1; 4294967295",
                "%lu; -1; 18446744073709551615",
                "%llx; -1; ffffffffffffffff",
                "%d; 1099511627776; 0",
                "%ld; 1099511627776; 1099511627776",
                "%hhx %%; 4660; 34 %",
                "%hhd; 200; -56",
                "%.4d; 42; 42",
                "%c; 65; A",
                "%p; 57005; 0xdead",
                "%p; 0; 0",
                "%p; -1; 0xffffffffffffffff",
                "%8p|; 16; '    0x10|'",
                "%ld; -9223372036854775808; -9223372036854775808",
                "%gr; 3264; GFP_KERNEL",
                "%gr; 2336; GFP_ATOMIC|__GFP_ZERO",
                "%s; 7; 7",
                "100%; 7; 100%",
                "%y; 7; %y"
            })
    void numbersAreShownAsBpftraceDoes(String format, long value, String expected) {
        assertThat(formatted(format, MadeUp.INT64, MadeUp.longs(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"%s|; abc|", "%5s|; '  abc|'", "%-5s|; 'abc  |'", "%05s|; 00abc|", "%.2s|; abc|", "%4.1s|; ' abc|'"
            })
    void textsArePaddedAndAPrecisionMeansNothing(String format, String expected) {
        assertThat(formatted(
                        format,
                        new TraceType.Text(8),
                        MadeUp.memory(
                                (byte) 'a', (byte) 'b', (byte) 'c', (byte) 0, (byte) 'x', (byte) 'y', (byte) 0, (byte)
                                        0)))
                .isEqualTo(expected);
    }

    @Test
    void aTextThatFilledItsRoomShowsThatItWasCut() {
        byte[] full = new byte[1024];
        Arrays.fill(full, 0, 1023, (byte) 'x');
        assertThat(formatted("%s", new TraceType.Text(1024), MemorySegment.ofArray(full)))
                .isEqualTo("x".repeat(1023) + "..");
    }

    @Test
    void bytesAreShownReadableEscapedOrSpaced() {
        byte[] event = new byte[4 + 8];
        event[0] = 4;
        System.arraycopy("Hi\n".getBytes(StandardCharsets.US_ASCII), 0, event, 4, 3);
        MemorySegment memory = MemorySegment.ofArray(event);
        TraceType type = new TraceType.Buffer(8);
        assertThat(formatted("%r", type, memory)).isEqualTo("Hi\\x0a\\x00");
        assertThat(formatted("%rx", type, memory)).isEqualTo("\\x48\\x69\\x0a\\x00");
        assertThat(formatted("%rh", type, memory)).isEqualTo("48 69 0a 00");
    }

    @Test
    void anEnumerationIsANameOrANumber() {
        TraceType type = new TraceType.Enumeration("enum Color", 4, false);
        MemorySegment two = MadeUp.longs(2);
        assertThat(formatted("%d", type, two)).isEqualTo("2");
        assertThat(formatted("%s", type, two)).isEqualTo("BLUE");
        assertThat(formatted("%6s", type, MadeUp.longs(9))).isEqualTo("     9");
    }

    @Test
    void argumentsAreTakenWhereTheEventHasThem() {
        Action.Formatted format = new Action.Formatted(
                "%s is %d\n",
                List.of(new Action.Argument(new TraceType.Text(8), 8), new Action.Argument(MadeUp.INT32, 16)));
        MemorySegment event = MemorySegment.ofArray(new byte[64]);
        event.setString(32 + 8, "pi");
        event.set(ValueLayout.JAVA_INT_UNALIGNED, 32 + 16, 3);
        TextBuffer text = new TextBuffer();
        Format.of(format, MadeUp.decoder()).append(event, 32, text);
        assertThat(text).hasToString("pi is 3\n");
    }

    private static String formatted(String format, TraceType type, MemorySegment memory) {
        TextBuffer text = new TextBuffer();
        Action.Formatted action = new Action.Formatted(format, List.of(new Action.Argument(type, 0)));
        Format.of(action, MadeUp.decoder()).append(memory, 0, text);
        return text.toString();
    }
}

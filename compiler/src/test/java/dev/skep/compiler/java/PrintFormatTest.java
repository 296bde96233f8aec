package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.object.KernelVersion;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintFormatTest {
    private static String program(String arguments) {
        return """
                static final class Name extends Struct { @Length(16) byte[] bytes; }
                static final ArrayMap<Long> times = new ArrayMap<>(1);
                @Xdp static int print(XdpContext context) {
                    Name name = new Name();
                    Long time = times.lookup(0);
                    int i = context.length();
                    long l = 1L << i;
                    if (time != null) {
                        Log.printf(%s);
                    }
                    return 0;
                }""".formatted(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nothing\"",
                "\"100 %% of %d\", i",
                "\"%ld %lld %lu\", l, time, i",
                "\"%-8x|%08X|%+d\", i, (short) i, (byte) i",
                "\"%c%c %s.\", 'a', i, \"text\"",
                "\"%s, %pI4\", Text.of(name.bytes), Text.of(name.bytes)",
                "\"%p %px %pks\", l, l, l",
                "\"tabs\\tand lines\\n\"",
            })
    void whatTheKernelTakesCompiles(String arguments) {
        assertThat(JavaText.of(program(arguments)).compile(Target.DEFAULT).programs())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'\"few %d %d\", i'      | 'no argument for %d at 8: the format has 2 conversions, and there are 1 arguments; pass one for each'",
                "'\"many %d\", i, i'     | 'no conversion for argument 2: the format has 1 conversions, and there are 2 arguments; write one for each, %d for an int, %ld for a long, %s for text'",
                "'\"name %s\", i'        | 'a number for %s at 6: it stands for text; use %d, %u or %x'",
                "'\"%d: %s\", i, time'   | 'a long for %s at 5: it stands for text; use %ld, %lu or %lx'",
                "'\"number %d\", \"x\"'  | 'text for %d at 8: it stands for a number of at most 32 bits; use %s'",
                "'\"%x\", l'             | 'a long for %x at 1: it stands for a number of at most 32 bits; use %ld, %lu or %lx'",
                "'\"%x\", Text.of(name.bytes)' | 'text for %x at 1: it stands for a number of at most 32 bits; use %s'",
            })
    void whatDoesNotFitIsNamedWithItsPlace(String arguments, String finding) {
        String format = arguments.substring(0, arguments.lastIndexOf('"', arguments.indexOf(", ")) + 1);
        assertThat(JavaText.findings(program(arguments)))
                .containsExactly("Test.java:9: printf(" + format + "): " + finding);
    }

    @ParameterizedTest
    @CsvSource({"%f, %f", "%5.2d, %5.2d", "%n, %n", "%sx, %s", "%lc, %l", "%, %", "%*d, %*d", "%pz, %p", "%hhd, %h"})
    void conversionsThatTheKernelDoesNotKnowAreNamed(String conversion, String named) {
        assertThat(JavaText.findings(program("\"no " + conversion + "\", i")))
                .containsExactly("Test.java:9: printf(\"no " + conversion + "\"): " + named
                        + " at 4: the kernel knows no such conversion; use %d, %u, %x, with l for long, %c, %s for text, or"
                        + " %% for the sign; a line's end is written by itself");
    }

    @Test
    void textThatIsNotAsciiIsRefused() {
        assertThat(JavaText.findings(program("\"caf\\u00e9\"")))
                .containsExactly(
                        "Test.java:9: printf(\"caf\u00e9\"): the character U+00E9 at 4: the kernel prints nothing"
                                + " with a format that has others than those of ASCII; write it another way, or pass it as a text"
                                + " to %s");
    }

    @Test
    void fourArgumentsNeedALaterKernelAndThirteenAreTooMany() {
        String four = program("\"%d %d %d %d\", i, i, i, i");
        assertThat(JavaText.findings(four))
                .containsExactly("Test.java:9: printf with 4 arguments: kernels before 5.16 take 3, and the program is"
                        + " compiled for 5.15; call it twice, or compile for a newer kernel (--kernel)");
        assertThat(JavaText.of(four)
                        .compile(Target.of(new KernelVersion(5, 16)))
                        .programs())
                .hasSize(1);
        String thirteen = IntStream.range(0, 13).mapToObj(i -> "i").collect(Collectors.joining(", "));
        assertThat(JavaText.findings(program("\"" + "%d ".repeat(13) + "\", " + thirteen), Target.NEWEST))
                .hasSize(1)
                .first()
                .asString()
                .contains("13 arguments: the kernel takes 12 at most; call it twice");
    }
}

package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {
    /** 2021-03-04 05:06:07.123456789, a Thursday; the expected texts are date(1)'s. */
    private static final long TIME = 1_614_834_367_123_456_789L;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%H:%M:%S; 05:06:07",
                "%Y-%m-%d; 2021-03-04",
                "%m/%d/%y; 03/04/21",
                "%F %T; 2021-03-04 05:06:07",
                "1%f; 1123456",
                "%a %A %b %B %e; Thu Thursday Mar March  4",
                "%I%p; 05AM",
                "%j %U %W %V %G; 063 09 09 09 2021",
                "%s %u %w; 1614834367 4 4",
                "%z; +0000",
                "100%% %q; 100% %q",
                "%c; Thu Mar  4 05:06:07 2021"
            })
    void timesAreWrittenAsStrftimeDoes(String format, String expected) {
        assertThat(TimeFormat.in(format, ZoneOffset.UTC).format(TIME)).isEqualTo(expected);
    }
}

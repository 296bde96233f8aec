package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts compute, where the newest bpftrace (0.27.1) was asked. */
@NeedsBpf
@Timeout(60)
class ArithmeticTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what two truths make is one
                "$t = true; $f = false; print(($t + $t, $t - $f, $t * $f, $t & $t, $f - $t, $t << $t)) | (true, true, false, true, true, true)",
                "print(true + true); print(true + 1) | true;2",
                // literals beyond 63 bits have no sign, and stay so
                "print(1 << 63); print(18446744073709551615 - 1); print(18446744073709551615 + 0) | 9223372036854775808;18446744073709551614;18446744073709551615",
                "print(18446744073709551615 / 2); print(18446744073709551615 >> 1); print(18446744073709551615 > 1) | 9223372036854775807;9223372036854775807;true",
                "print(5 - 7); print(2147483648 - 5); print(-5 + 3) | -2;2147483643;-2",
                // a difference has a sign
                "$a = (uint64)5; $a = $a - 1; print($a); $a -= 6; print($a) | 4;-2",
                "$x = (uint64)1; $x--; $x--; print($x) | -1",
                "$u = (uint64)1; print($u - 2 < 0); print((int16)-129 < $u) | true;true",
                // what has no sign has as many bits afterwards
                "$a = (uint8)200; print(~$a); print(-$a); print($a + $a); print(!$a) | 55;56;400;false",
                "$u = (uint64)-128; $s = (int8)2; print($u >> $s); print($u / $s) | 4611686018427387872;9223372036854775744",
                "$a = (int64)5; $b = (uint64)6; print(pid > 0 ? $a : $b); print(pid > 0 ? -5 : $b) | 5;-5"
            })
    void isAsInBpftrace(String statements, String printed) {
        TraceRun run = TraceRun.of("-q", "--no-warnings", "-e", "BEGIN { " + statements + "; exit(); }");
        assertThat(run.errors()).isEmpty();
        assertThat(run.output().strip()).isEqualTo(printed.replace(';', '\n'));
    }
}

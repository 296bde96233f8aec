package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exactly what a kernel was seen to know after an instruction is known here: no less, and no more. */
class KernelAgreementTest {
    static List<String> recordings() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                KernelAgreementTest.class.getResourceAsStream("kernel-6.18.44.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aRangeIsThatOfTheKernel(String recording) {
        String[] fields = recording.split(" \\| ");
        String[] operation = fields[0].split(" ");
        int bits = Integer.parseInt(operation[1]);
        Range first = RecordedRange.parse(fields[1]);
        switch (operation[0]) {
            case "negate" -> assertKnown(RangeArithmetic.negate(first, bits == 64), fields[2]);
            case "byte_swap" -> assertKnown(RangeArithmetic.byteSwap(first, bits), fields[2]);
            case "lower_half" -> assertKnown(first.lower32(), fields[2]);
            case "truncate" -> assertKnown(first.truncate(bits / 8), fields[2]);
            case "sign_extend" -> assertKnown(first.signExtend(bits / 8), fields[2]);
            case "sign_extend_32" -> assertKnown(first.signExtend32(bits / 8), fields[2]);
            default -> checkBinary(operation[0].toUpperCase(Locale.ROOT), bits == 64, fields);
        }
    }

    private static void checkBinary(String operation, boolean wide, String[] fields) {
        Range a = RecordedRange.parse(fields[1]);
        Range b = RecordedRange.parse(fields[2]);
        for (BinaryOperator operator : BinaryOperator.values()) {
            if (operator.name().equals(operation)) {
                assertKnown(RangeArithmetic.apply(operator, a, b, wide), fields[3]);
                return;
            }
        }
        Comparison comparison = Comparison.valueOf(operation);
        assertThat(RangeComparison.decide(comparison, a, b, wide))
                .isEqualTo(Decision.valueOf(fields[3].toUpperCase(Locale.ROOT)));
        if (fields.length > 4) {
            Refined taken = RangeComparison.refine(comparison, a, b, wide);
            Refined notTaken = RangeComparison.refine(comparison.opposite(), a, b, wide);
            assertKnown(taken.a(), fields[4]);
            assertKnown(taken.b(), fields[5]);
            assertKnown(notTaken.a(), fields[6]);
            assertKnown(notTaken.b(), fields[7]);
        }
    }

    private static void assertKnown(Range range, String recorded) {
        if (recorded.equals("-")) {
            return;
        }
        assertThat(range).isEqualTo(RecordedRange.parse(recorded));
        assertThat(range).hasToString(recorded.equals("?") ? "" : recorded);
    }
}

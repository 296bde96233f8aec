package dev.skep.cli.startup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
    @ParameterizedTest
    @EnumSource
    void doesNoHarmWithoutExamples(WarmUp.Training training) {
        WarmUp.main(new String[] {training.name(), "/nonexistent"});
    }
}

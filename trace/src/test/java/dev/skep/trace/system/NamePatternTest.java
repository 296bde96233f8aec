package dev.skep.trace.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "vfs_*, vfs_read, true",
        "vfs_*, do_vfs_read, false",
        "*read, vfs_read, true",
        "*read, vfs_ready, false",
        "*a*b*, xxaxxbxx, true",
        "*ab, aab, true",
        "vfs_read, vfs_read, true",
        "vfs_read, vfs_rea, false",
        "a.b, axb, false",
        "*, anything, true"
    })
    void aStarStandsForAnyCharactersAndAllElseForItself(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }
}

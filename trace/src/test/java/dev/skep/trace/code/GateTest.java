package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t:syscalls:sys_enter_openat { @ = count(); }",
                "k:vfs_read { @ = count(); } END { print(1); }",
                "rt:sys_enter { @ = count(); }"
            })
    void aProgramAloneAttachedInOneStepNeedsNone(String script) {
        assertThat(Scripts.compile(script).gate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { @x = 1; } t:syscalls:sys_enter_openat { @ = count(); }",
                "t:syscalls:sys_enter_openat { @ = count(); } k:vfs_read { @ = count(); }",
                "profile:hz:99 { @ = count(); }"
            })
    void whatMustNotRunBeforeAnotherHasOne(String script) {
        assertThat(Scripts.compile(script).gate()).isEqualTo("gate");
    }
}

package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs at one place run in the order of the script. (Those of timers have timers of their own, which have no order.) */
@NeedsBpf
@Timeout(30)
class OrderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uprobe:libc:getpid",
                "uretprobe:libc:getpid",
                "rawtracepoint:sys_enter",
                "tracepoint:raw_syscalls:sys_enter"
            })
    void isThatOfTheScript(String probe) {
        String here = probe + " /cpu == 0/ "; // events of two CPUs have no order
        TraceRun run = TraceRun.of(
                "-q",
                "-c",
                "sh -c 'for i in 1 2 3 4 5 6 7 8 9; do taskset -c 0 bash -c true; done; sleep 10'",
                "-e",
                here + "{ @ = 1; } " + here + "{ printf(\"%s\\n\", @ == 1 ? \"in order\" : \"reversed\"); exit(); }");
        assertThat(run.output()).as(run.errors()).startsWith("in order\n");
    }
}

package dev.skep.replay;

import static dev.skep.replay.MadeUpEvent.tracepoint;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skep.trace.record.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedFilesTest {
    private static final ScriptRun OPENED = ScriptRun.of("""
            tracepoint:syscalls:sys_enter_openat /uid == $1/ {
                @opened[comm, str(args.filename)] = count();
            }""");

    @Test
    void filesOfTheUserAreCounted() {
        Recording recording = MadeUp.recording(
                tracepoint("syscalls:sys_enter_openat")
                        .withText("filename", "/etc/passwd")
                        .comm("cat")
                        .uid(1000),
                tracepoint("syscalls:sys_enter_openat")
                        .withText("filename", "/etc/passwd")
                        .comm("cat")
                        .uid(1000),
                tracepoint("syscalls:sys_enter_openat")
                        .withText("filename", "/etc/shadow")
                        .comm("su")
                        .uid(0));

        ScriptResult result = OPENED.withArguments("1000").over(recording);

        assertEquals(List.of("@opened[cat, /etc/passwd]: 2"), result.lines());
    }
}

package dev.skep.trace.print;

import java.util.List;

/** What signals are called, as strsignal(3) of the GNU C library says it. */
final class SignalText {
    private static final List<String> TEXTS = List.of(
            "Hangup",
            "Interrupt",
            "Quit",
            "Illegal instruction",
            "Trace/breakpoint trap",
            "Aborted",
            "Bus error",
            "Floating point exception",
            "Killed",
            "User defined signal 1",
            "Segmentation fault",
            "User defined signal 2",
            "Broken pipe",
            "Alarm clock",
            "Terminated",
            "Stack fault",
            "Child exited",
            "Continued",
            "Stopped (signal)",
            "Stopped",
            "Stopped (tty input)",
            "Stopped (tty output)",
            "Urgent I/O condition",
            "CPU time limit exceeded",
            "File size limit exceeded",
            "Virtual timer expired",
            "Profiling timer expired",
            "Window changed",
            "I/O possible",
            "Power failure",
            "Bad system call");

    /** {@code _NSIG} of asm/signal.h. */
    private static final int GREATEST = 64;

    private SignalText() {}

    /** Of a number from 1; {@code N/A} if no signal can have it. */
    static String of(int number) {
        if (number >= 1 && number <= TEXTS.size()) {
            return TEXTS.get(number - 1);
        }
        return number >= 0 && number <= GREATEST ? "Unknown signal " + number : "N/A";
    }
}

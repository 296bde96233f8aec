package dev.skep.cli.trace;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How much a terminal shows. */
record TerminalSize(int rows, int columns) {
    private static final TerminalSize USUAL = new TerminalSize(24, 80);

    /** As stty(1) says; the usual size if it says nothing. */
    static TerminalSize now() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return USUAL;
        }
    }

    /** @param text rows and columns: {@code 24 80} */
    static TerminalSize of(String text) {
        String[] numbers = text.strip().split(" ");
        boolean isSize =
                numbers.length == 2 && numbers[0].matches("[1-9][0-9]{0,4}") && numbers[1].matches("[1-9][0-9]{0,4}");
        return isSize ? new TerminalSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])) : USUAL;
    }
}

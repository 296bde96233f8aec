package dev.skep.cli.machine;

import dev.skep.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A process that runs several commands, each an argument, and prints a line for each: its exit code, and what it said. */
final class CommandLines {
    private CommandLines() {}

    public static void main(String[] commands) {
        for (String command : commands) {
            StringWriter said = new StringWriter();
            PrintWriter writer = new PrintWriter(said);
            int exitCode = Main.run(writer, writer, command.split(" "));
            System.out.println(
                    exitCode + " " + command + ": " + said.toString().strip().replaceAll("\\s+", " "));
        }
    }
}

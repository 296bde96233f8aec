package dev.skep.cli.prog;

import dev.skep.linux.info.ProgramCode;
import dev.skep.linux.info.ProgramCode.CompiledFunction;
import dev.skep.object.program.FunctionSpec.Line;
import java.io.PrintWriter;

/** Prints a program's machine code: each function's address and bytes, cut where the source lines begin. */
final class CompiledCodeText {
    private static final int BYTES_A_LINE = 16;

    private final ProgramCode code;
    private final boolean source;
    private final PrintWriter out;

    CompiledCodeText(ProgramCode code, boolean source, PrintWriter out) {
        this.code = code;
        this.source = source;
        this.out = out;
    }

    void print() {
        for (int i = 0; i < code.compiled().size(); i++) {
            CompiledFunction function = code.compiled().get(i);
            String name = i < code.functions().size() ? code.functions().get(i).name() : "";
            out.println((name.isEmpty() ? "function " + i : name) + " at 0x" + Long.toHexString(function.address())
                    + ", " + function.code().length() + " bytes:");
            print(function);
        }
    }

    private void print(CompiledFunction function) {
        int from = 0;
        for (int i = 0;
                source && i < Math.min(code.lines().size(), code.lineAddresses().size());
                i++) {
            long offset = code.lineAddresses().get(i) - function.address();
            if (offset >= from && offset < function.code().length()) {
                bytes(function, from, (int) offset);
                from = (int) offset;
                line(code.lines().get(i));
            }
        }
        bytes(function, from, function.code().length());
    }

    private void line(Line line) {
        if (!line.text().isBlank()) {
            out.println("; " + line.text().strip() + " @ " + line.file() + ":" + line.line());
        }
    }

    private void bytes(CompiledFunction function, int from, int to) {
        for (int at = from; at < to; at += BYTES_A_LINE) {
            StringBuilder hex = new StringBuilder();
            for (int i = at; i < Math.min(to, at + BYTES_A_LINE); i++) {
                hex.append(" %02x".formatted(function.code().at(i)));
            }
            out.printf("%6x: %s%n", at, hex);
        }
    }
}

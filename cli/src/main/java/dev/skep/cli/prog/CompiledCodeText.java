package dev.skep.cli.prog;

import dev.skep.linux.info.ProgramCode.CompiledFunction;
import java.io.PrintWriter;
import java.util.List;

/** Prints a program's machine code: each function's symbol, address and bytes, cut where the source lines begin. */
final class CompiledCodeText {
    private static final int BYTES_A_LINE = 16;

    private final List<CompiledPart> parts;
    private final boolean source;
    private final PrintWriter out;

    /** @param source whether to print source lines too */
    CompiledCodeText(List<CompiledPart> parts, boolean source, PrintWriter out) {
        this.parts = parts;
        this.source = source;
        this.out = out;
    }

    void print() {
        String separator = "";
        for (CompiledPart part : parts) {
            CompiledFunction function = part.function();
            out.println(separator + part.symbol() + " at 0x" + Long.toHexString(function.address()) + ", "
                    + function.code().length() + " bytes:");
            print(part);
            separator = System.lineSeparator();
        }
    }

    private void print(CompiledPart part) {
        int from = 0;
        for (CompiledPart.Start line : source ? part.lines() : List.<CompiledPart.Start>of()) {
            bytes(part.function(), from, line.offset());
            from = line.offset();
            if (!line.line().text().isBlank()) {
                out.println("; " + line.line().text().strip() + " @ "
                        + line.line().file() + ":" + line.line().line());
            }
        }
        bytes(part.function(), from, part.function().code().length());
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

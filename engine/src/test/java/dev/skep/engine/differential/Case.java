package dev.skep.engine.differential;

import java.util.HexFormat;

/** A program and the memory it is run on, as {@code kernel_run.c} reads them: both in hexadecimal digits. */
record Case(byte[] memory, byte[] code) {
    static Case parse(String line) {
        String[] parts = line.split(" ");
        return new Case(HexFormat.of().parseHex(parts[0]), HexFormat.of().parseHex(parts[1]));
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(memory) + " " + HexFormat.of().formatHex(code);
    }
}

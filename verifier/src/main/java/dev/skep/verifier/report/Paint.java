package dev.skep.verifier.report;

/** Colours for terminals (ECMA-48 SGR sequences), or none. @param coloured false to leave text as it is */
record Paint(boolean coloured) {
    String error(String text) {
        return paint("1;31", text);
    }

    String heading(String text) {
        return paint("1", text);
    }

    String mark(String text) {
        return paint("34", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String warning(String text) {
        return paint("33", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

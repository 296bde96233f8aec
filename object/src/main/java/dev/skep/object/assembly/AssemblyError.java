package dev.skep.object.assembly;

/**
 * One mistake in assembly text.
 *
 * @param source the text's name, as the user gave it
 * @param line 1-based
 * @param column 1-based, counting characters
 * @param length of what is meant, in characters; at least 1
 * @param text the whole line
 * @param problem what is wrong, without a full stop
 * @param advice what was expected or meant, without a full stop; "" if there is nothing sensible to say
 */
public record AssemblyError(
        String source, int line, int column, int length, String text, String problem, String advice) {

    /** One line: {@code prog.s:3:8: no helper is called bpf_map_lookup_elm; did you mean bpf_map_lookup_elem?}. */
    public String summary() {
        return source + ":" + line + ":" + column + ": " + problem + (advice.isEmpty() ? "" : "; " + advice);
    }

    /** Five lines that show the place with carets below it, in the manner of rustc; ends in a newline. */
    public String render() {
        String number = Integer.toString(line);
        String margin = " ".repeat(number.length());
        // Tabs are kept before the carets, so that they stand below what they point at however wide a tab is shown.
        String indent = text.substring(0, Math.min(column - 1, text.length())).replaceAll("[^\\t]", " ");
        int carets = Math.max(1, Math.min(length, text.length() - column + 1));
        return "error: " + problem + "\n"
                + margin + "--> " + source + ":" + line + ":" + column + "\n"
                + margin + " |\n"
                + number + " | " + text + "\n"
                + margin + " | " + indent + "^".repeat(carets) + (advice.isEmpty() ? "" : " " + advice) + "\n";
    }
}

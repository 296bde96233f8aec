package dev.skep.lang;

/**
 * Text in BPF: a string literal, or what lies in an array of bytes up to its first zero.
 *
 * <pre>{@code
 * switch (Text.of(event.command)) {
 *     case "bash", "sh" -> shells++;
 *     default -> others++;
 * }
 * }</pre>
 *
 * <p>Of the methods of {@link String}, programs can use {@code equals} and {@code startsWith} with a literal, {@code length}, {@code
 * isEmpty}, {@code charAt} and {@code hashCode}; with those {@code switch} works.
 */
public final class Text {
    private Text() {}

    /** The bytes up to the first zero, or all of them, each a character (ISO 8859-1). At most 64 bytes. */
    public static String of(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        char[] characters = new char[length];
        for (int i = 0; i < length; i++) {
            characters[i] = (char) (bytes[i] & 0xff);
        }
        return new String(characters);
    }

    /**
     * Fills an array with a text, each character a byte, and zeros behind it. What does not fit is left out.
     *
     * @param text a literal
     */
    public static void copy(String text, byte[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (byte) (i < text.length() ? text.charAt(i) : 0);
        }
    }
}

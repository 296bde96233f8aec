package dev.skep.linux.symbol.demangle;

/**
 * A type as C++ writes it around a name: {@code void (*} name {@code )(int)}.
 *
 * @param wrapped whether a star before the name needs parentheses, as those of functions and arrays do
 */
record Declared(String left, String right, boolean wrapped) {
    static Declared of(String name) {
        return new Declared(name, "", false);
    }

    /** The type alone. */
    String text() {
        return wrapped && right.startsWith("(") ? left + " " + right : left + right;
    }

    /** With {@code *}, {@code &} or {@code Class::*} before the name. */
    Declared pointer(String star) {
        return wrapped ? new Declared(left + " (" + star, ")" + right, false) : new Declared(left + star, right, false);
    }

    /** With {@code const} and the like after it. */
    Declared qualified(String word) {
        boolean function = wrapped && right.startsWith("(");
        return function
                ? new Declared(left, right + " " + word, true)
                : new Declared(left + " " + word, right, wrapped);
    }
}

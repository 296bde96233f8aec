package dev.skep.random;

import java.util.List;

/** Types of variables and expressions in generated methods. */
enum JavaType {
    INT("int"),
    LONG("long"),
    SHORT("short"),
    BYTE("byte"),
    CHAR("char"),
    BOOLEAN("boolean");

    static final List<JavaType> ALL = List.of(values());
    static final List<JavaType> NUMBERS = List.of(INT, LONG, SHORT, BYTE, CHAR);
    /** What a switch may be over. */
    static final List<JavaType> SWITCHED = List.of(INT, SHORT, BYTE, CHAR);

    private final String keyword;

    JavaType(String keyword) {
        this.keyword = keyword;
    }

    /** As it is written in Java. */
    String keyword() {
        return keyword;
    }

    /** True if a value of this type stands wherever an {@code int} does. */
    boolean becomesInt() {
        return this != LONG && this != BOOLEAN;
    }
}

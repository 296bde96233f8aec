package dev.skep.object.instruction;

/** What an instruction form demands of one of its fields. */
public sealed interface FieldRule {
    /** The field has no meaning and must be 0: RFC 9669, section 3. */
    FieldRule RESERVED = new Reserved();
    /** The field names a register a program may use, r0 to r10. */
    FieldRule REGISTER = new Register();

    /** True if {@code value} is allowed. */
    boolean allows(int value);

    /** The field is reserved: 0. */
    record Reserved() implements FieldRule {
        @Override
        public boolean allows(int value) {
            return value == 0;
        }
    }

    /** A register, r0 to r10. */
    record Register() implements FieldRule {
        @Override
        public boolean allows(int value) {
            return value >= 0 && value <= 10;
        }
    }

    /**
     * The field tells this form from others with the same opcode.
     *
     * @param value the one value that means this form
     * @param meaning what that value says, for error messages: {@code "sign-extend 8 bits"}
     */
    record Selects(int value, String meaning) implements FieldRule {
        @Override
        public boolean allows(int other) {
            return other == value;
        }
    }

    /**
     * Any value goes as far as the encoding is concerned.
     *
     * @param meaning what the value is: {@code "constant"}, {@code "jump distance"}
     */
    record Any(String meaning) implements FieldRule {
        @Override
        public boolean allows(int value) {
            return true;
        }
    }

    /** {@link Selects}. */
    static FieldRule selects(int value, String meaning) {
        return new Selects(value, meaning);
    }

    /** {@link Any}. */
    static FieldRule any(String meaning) {
        return new Any(meaning);
    }
}

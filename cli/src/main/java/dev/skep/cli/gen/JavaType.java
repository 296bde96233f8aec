package dev.skep.cli.gen;

/** A C type's counterpart in Java. */
sealed interface JavaType {
    /** How many bytes it has in C. */
    int size();

    /** How it is written where it is a record's component or a method's type. */
    String name();

    /** How it is written between angle brackets. */
    String boxed();

    /** An expression for its codec. */
    String codec();

    /** An expression that reads it from the buffer {@code in}. @param at an expression for where */
    String read(String at);

    /** A statement that writes it to the buffer {@code out}. @param value an expression */
    String write(String at, String value);

    /** A number or an address. @param name the primitive type @param accessor what ByteBuffer's methods are named after it */
    record Number(int size, String name, String boxed, String accessor, String codec) implements JavaType {
        static final Number BYTE = new Number(1, "byte", "Byte", "", "Codec.I8");
        static final Number SHORT = new Number(2, "short", "Short", "Short", "Codec.I16");
        static final Number INT = new Number(4, "int", "Integer", "Int", "Codec.I32");
        static final Number LONG = new Number(8, "long", "Long", "Long", "Codec.I64");

        @Override
        public String read(String at) {
            return "in.get" + accessor + "(" + at + ")";
        }

        @Override
        public String write(String at, String value) {
            return "out.put" + accessor + "(" + at + ", " + value + ");";
        }
    }

    /** {@code _Bool}. */
    record Truth() implements JavaType {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public String name() {
            return "boolean";
        }

        @Override
        public String boxed() {
            return "Boolean";
        }

        @Override
        public String codec() {
            return "Codec.BOOL";
        }

        @Override
        public String read(String at) {
            return "in.get(" + at + ") != 0";
        }

        @Override
        public String write(String at, String value) {
            return "out.put(" + at + ", (byte) (" + value + " ? 1 : 0));";
        }
    }

    /** A struct that is a record of the generated class. */
    record Struct(String name, int size) implements JavaType {
        @Override
        public String boxed() {
            return name;
        }

        @Override
        public String codec() {
            return name + ".CODEC";
        }

        @Override
        public String read(String at) {
            return name + ".at(in, " + at + ")";
        }

        @Override
        public String write(String at, String value) {
            return value + ".putAt(out, " + at + ");";
        }
    }

    /** Whatever has no better counterpart: arrays, unions, bit fields, keys and values without a type. */
    record Raw(int size) implements JavaType {
        @Override
        public String name() {
            return "byte[]";
        }

        @Override
        public String boxed() {
            return "byte[]";
        }

        @Override
        public String codec() {
            return "Codec.bytes(" + size + ")";
        }

        @Override
        public String read(String at) {
            return "rawBytes(in, " + at + ", " + size + ")";
        }

        @Override
        public String write(String at, String value) {
            return "out.put(" + at + ", java.util.Arrays.copyOf(" + value + ", " + size + "));";
        }
    }
}

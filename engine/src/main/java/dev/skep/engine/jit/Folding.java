package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Binary;

/** What operations on constants give: RFC 9669, section 4. */
final class Folding {
    private static final long LOW = 0xffff_ffffL;

    private Folding() {}

    static long move(Operation.Move move, long value) {
        int unused = 64 - move.bits();
        long moved = move.signed() ? value << unused >> unused : value << unused >>> unused;
        return move.wide() ? moved : moved & LOW;
    }

    static long inPlace(Operation.InPlace operation, long value) {
        return switch (operation.operator()) {
            case NEG -> operation.wide() ? -value : -value & LOW;
            case SWAP16 -> Short.reverseBytes((short) value) & 0xffffL;
            case SWAP32 -> Integer.reverseBytes((int) value) & LOW;
            case SWAP64 -> Long.reverseBytes(value);
            case LOW16 -> value & 0xffffL;
            case LOW32 -> value & LOW;
        };
    }

    static long arithmetic(Binary operator, boolean wide, long a, long b) {
        return wide ? wide(operator, a, b) : narrow(operator, (int) a, (int) b) & LOW;
    }

    private static long wide(Binary operator, long a, long b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> Division.divide(a, b);
            case MOD -> Division.remainder(a, b);
            case SIGNED_DIV -> Division.signedDivide(a, b);
            case SIGNED_MOD -> Division.signedRemainder(a, b);
            case OR -> a | b;
            case AND -> a & b;
            case XOR -> a ^ b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case ARSH -> a >> b;
        };
    }

    private static int narrow(Binary operator, int a, int b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> Division.divide(a, b);
            case MOD -> Division.remainder(a, b);
            case SIGNED_DIV -> Division.signedDivide(a, b);
            case SIGNED_MOD -> Division.signedRemainder(a, b);
            case OR -> a | b;
            case AND -> a & b;
            case XOR -> a ^ b;
            case LSH -> a << b;
            case RSH -> a >>> b;
            case ARSH -> a >> b;
        };
    }
}

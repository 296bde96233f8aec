package dev.skep.object.btf.value;

import dev.skep.object.btf.BtfType;
import java.math.BigInteger;

/** The numbers of an enumeration's names. */
final class Enumerators {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private Enumerators() {}

    /** The number that {@code enumerator} stands for, which is above 2^63 for some unsigned ones of 64 bits. */
    static BigInteger value(BtfType.Enumeration type, BtfType.Enumerator enumerator) {
        BigInteger value = BigInteger.valueOf(enumerator.value());
        return type.signed() || value.signum() >= 0 ? value : value.add(TWO_TO_64);
    }
}

package dev.skep.linux.symbol;

import java.util.Comparator;

/**
 * A function that a symbol table names.
 *
 * @param version {@code GLIBC_2.14}; "" if it has none
 * @param isDefaultVersion whether a program that is linked now gets this version: {@code name@@VERSION}
 * @param address before the whole is moved @param size in bytes, 0 if not known
 * @param isGlobal seen by other files, not {@code static}
 * @param isIndirect the function only chooses the one that is called ({@code STT_GNU_IFUNC})
 */
public record FunctionSymbol(
        String name,
        String version,
        boolean isDefaultVersion,
        long address,
        long size,
        boolean isGlobal,
        boolean isIndirect) {
    /** By address; where several are at one, those first that other files see, then by name. */
    public static final Comparator<FunctionSymbol> BY_ADDRESS = Comparator.comparing(
                    FunctionSymbol::address, Long::compareUnsigned)
            .thenComparing(symbol -> !symbol.isGlobal())
            .thenComparing(FunctionSymbol::name);

    /** As it is written where versions matter: {@code memcpy@GLIBC_2.2.5}. */
    public String fullName() {
        return version.isEmpty() ? name : name + (isDefaultVersion ? "@@" : "@") + version;
    }
}

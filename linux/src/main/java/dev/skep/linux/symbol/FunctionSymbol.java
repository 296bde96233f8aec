package dev.skep.linux.symbol;

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

    /** As it is written where versions matter: {@code memcpy@GLIBC_2.2.5}. */
    public String fullName() {
        return version.isEmpty() ? name : name + (isDefaultVersion ? "@@" : "@") + version;
    }
}

package dev.skep.object.elf;

/**
 * A relocation ({@code Elf64_Rel}): the place at {@code offset} refers to a symbol; what is to be added to the symbol's
 * value stands in the place itself.
 *
 * @param offset bytes from the start of the section it applies to
 * @param type {@code R_BPF_*}
 * @param symbol index in the symbol table
 */
public record Relocation(long offset, int type, int symbol) {}

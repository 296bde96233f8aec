package dev.skep.trace.cdefinition;

/** What a type takes. @param size in bytes @param alignment in bytes, a power of two */
public record CLayout(int size, int alignment) {}

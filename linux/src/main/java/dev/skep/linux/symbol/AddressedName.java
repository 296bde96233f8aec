package dev.skep.linux.symbol;

/**
 * What code is at an address.
 *
 * @param name of the function
 * @param offset of the address from the function's start
 * @param module the file, or the kernel's module, that the function is from; empty for the kernel itself
 */
public record AddressedName(String name, long offset, String module) {}

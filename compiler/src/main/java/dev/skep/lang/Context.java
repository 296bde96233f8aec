package dev.skep.lang;

/**
 * What a program is called with. Fields are those of the kernel's UAPI structure, by name, at the same offsets; which of them a
 * program may write depends on its type.
 */
public abstract class Context extends Struct {}

package dev.skep.compiler.unit;

import dev.skep.compiler.type.CType;

/** A function of the kernel that the unit calls. @param weak whether the program loads without it */
public record KernelFunction(String name, CType.Prototype prototype, boolean weak) {}

package dev.skep.compiler.java.samples;

import dev.skep.lang.Struct;

/** A packet with the arguments of a method, and room for its result. */
public final class Arguments extends Struct {
    public long first;
    public long second;
    public long result;
}

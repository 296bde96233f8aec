package dev.skep.engine.map;

import dev.skep.object.program.ProgramSpec;

/** A loaded program, as maps hold it: in a prog array, behind a device. Get it a number with {@link Maps#register}. */
public interface ProgramReference {
    /** What it was loaded from. */
    ProgramSpec spec();
}

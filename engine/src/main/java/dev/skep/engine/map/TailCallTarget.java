package dev.skep.engine.map;

import dev.skep.object.program.ProgramType;

/** A loaded program, as a prog array sees it. */
public interface TailCallTarget {
    /** Only programs of one type may share a prog array. */
    ProgramType type();
}

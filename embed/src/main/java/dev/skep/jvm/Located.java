package dev.skep.jvm;

/** What {@code dev.skep.lang.Struct} implements in classes loaded for the JVM: it has a place instead of fields. */
public interface Located {
    /** Where it lies. The name is one that no struct has. */
    Place place$();
}

package dev.skep.lang.map;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Flags that a map is made with, beside those that its kind needs. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface MapFlags {
    /** Entries get their memory when they are put in ({@code BPF_F_NO_PREALLOC}). */
    int NO_PREALLOC = 1;

    /** User space can read the map, not write it ({@code BPF_F_RDONLY}). */
    int READ_ONLY_TO_USERS = 1 << 3;

    /** Programs can read the map, not write it ({@code BPF_F_RDONLY_PROG}). Since Linux 5.2. */
    int READ_ONLY_TO_PROGRAMS = 1 << 7;

    /** User space can map the values into its memory ({@code BPF_F_MMAPABLE}). Since Linux 5.5. */
    int MMAPABLE = 1 << 10;

    /** Any of the above, or others of {@code BPF_F_*} of linux/bpf.h, added up. */
    int value();
}

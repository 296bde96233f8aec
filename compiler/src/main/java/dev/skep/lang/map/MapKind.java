package dev.skep.lang.map;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which type of map a class stands for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MapKind {
    /** The name in linux/bpf.h, without {@code BPF_MAP_TYPE_}: a name of {@code dev.skep.object.map.MapType}. */
    String value();

    /** {@code BPF_F_*} that maps of this kind are made with. */
    int flags() default 0;
}

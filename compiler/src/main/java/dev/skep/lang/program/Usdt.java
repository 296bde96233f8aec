package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a probe that user processes have built in, with the processor's registers. It returns 0. Section {@code
 * usdt/...}, since Linux 4.1.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "usdt", context = PtRegs.class, since = "4.1")
public @interface Usdt {
    /** What it attaches to: file, provider and name: {@code /usr/lib/jvm/libjvm.so:hotspot:gc__begin}. */
    String value();
}

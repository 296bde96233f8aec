package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.XdpContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that a network driver calls for each packet that arrives, before the kernel does anything with it. It returns one
 * of {@link dev.skep.lang.context.XdpAction}; after an abort {@code XDP_ABORTED}. Section {@code xdp}, since Linux 4.8.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "xdp", context = XdpContext.class, since = "4.8")
public @interface Xdp {
    /**
     * Empty for a program at an interface; {@code devmap} for one that {@code DeviceMap} calls for packets sent to an interface, {@code
     * cpumap} for one that {@code CpuMap} calls on the other processor.
     */
    String value() default "";

    /** Whether it can do with packets in fragments, of which it reaches only the first directly. Since Linux 5.18. */
    boolean frags() default false;
}

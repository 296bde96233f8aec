package dev.skep.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test (or all tests of the class) only where {@code bpf(2)} is allowed and the running kernel has the features.
 *
 * <pre>{@code
 * @Tag("vm")
 * @NeedsKernel(feature = KernelFeature.KPROBE_MULTI)
 * class KprobeMultiTest { ... }
 * }</pre>
 *
 * <p>Elsewhere it is skipped, and the reason is a proof: the kernel is older than the feature, is built without an
 * option, was started without the security module, or the machine forbids it. A kernel that lacks the feature without
 * any of these fails the test. Tests tagged {@code vm} also run in the virtual machine, see {@code vm/README.md}.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsConditions.Kernel.class)
public @interface NeedsKernel {
    /** The features, all of them needed. */
    KernelFeature[] feature();
}

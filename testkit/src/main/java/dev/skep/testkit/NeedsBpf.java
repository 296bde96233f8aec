package dev.skep.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test (or all tests of the class) only where this process may use the kernel's {@code bpf(2)}.
 *
 * <p>Elsewhere (no Linux, no privilege, forbidden by a container) it is skipped, with what the kernel answered as the
 * reason. It stays a skip in CI too: whether the kernel allows it is not a matter of installing something.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsConditions.Bpf.class)
public @interface NeedsBpf {}

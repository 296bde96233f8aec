package dev.skep.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test (or all tests of the class) only where the named programs are on the {@code PATH}.
 *
 * <p>Elsewhere it is skipped, with the missing program as the reason; or it fails, if {@code SKEP_REQUIRE_TOOLS=1}, as
 * in CI, which installs them all. For Jupiter tests only: jqwik has no notion of a skipped property.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsConditions.Tool.class)
public @interface NeedsTool {
    /** The programs, all of them needed, such as {@code "clang-19"}. */
    String[] value();
}

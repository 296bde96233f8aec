package dev.skep.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the eBPF programs of a Java class, once for each place where they are to run. Its parameter is the class, loaded anew
 * for each test and closed after it.
 *
 * <pre>{@code
 * @BpfTest(Firewall.class)
 * void dropsTelnet(LoadedClass firewall) {
 *     assertEquals(XDP_DROP, firewall.program("filter").run(packetTo(23)).returnValue());
 * }
 * }</pre>
 *
 * <p>A parameter of type {@code ClassHost} is the host alone, one of type {@code CompiledClass} the class before it is loaded, so
 * that the test can configure it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(BpfTestExtension.class)
public @interface BpfTest {
    /** The class with the programs. */
    Class<?> value();

    /** Where they run. */
    RunsOn[] on() default RunsOn.ENGINE;
}

package dev.skep.testkit;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints a line for every test that is skipped: Surefire counts skips on the console but keeps the reasons to its XML
 * reports. Found by the JUnit Platform as a service, in every module that depends on this one.
 */
public final class SkipReport implements TestExecutionListener {
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private static void print(TestIdentifier test, String reason) {
        System.out.println(
                "SKIPPED " + test.getSource().map(SkipReport::name).orElse(test.getDisplayName()) + ": " + reason);
    }

    private static String name(TestSource source) {
        return switch (source) {
            case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
            case ClassSource type -> simple(type.getClassName());
            default -> source.toString();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}

package dev.skep.junit;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link BpfTest} once for each of its places. */
public final class BpfTestExtension implements TestTemplateInvocationContextProvider {
    /** For JUnit. */
    public BpfTestExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(BpfTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        BpfTest test = context.getRequiredTestMethod().getAnnotation(BpfTest.class);
        return Arrays.stream(test.on()).map(place -> new BpfTestRun(test.value(), place));
    }
}

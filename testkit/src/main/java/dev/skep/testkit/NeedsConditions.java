package dev.skep.testkit;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsTool}, {@link NeedsBpf} and {@link NeedsKernel} whether a test runs. */
final class NeedsConditions {
    private NeedsConditions() {}

    /** For {@link NeedsTool}. */
    static final class Tool implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return evaluate(context, NeedsTool.class, needs -> Tools.whyUnavailable(needs.value()));
        }
    }

    /** For {@link NeedsBpf}. */
    static final class Bpf implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return evaluate(context, NeedsBpf.class, _ -> BpfProbe.whyForbidden());
        }
    }

    /** For {@link NeedsKernel}. */
    static final class Kernel implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return evaluate(
                    context,
                    NeedsKernel.class,
                    needs -> Arrays.stream(needs.feature())
                            .flatMap(feature -> whyAbsent(feature, KernelVerdict.of(feature)).stream())
                            .findFirst());
        }
    }

    /** Why the feature is not there; empty if it is. A feature that should be there is an error. */
    static Optional<String> whyAbsent(KernelFeature feature, KernelVerdict verdict) {
        return switch (verdict) {
            case KernelVerdict.Present() -> Optional.empty();
            case KernelVerdict.Absent(String reason) -> Optional.of("no " + feature + ": " + reason);
            case KernelVerdict.Missing(String problem) -> throw new AssertionError(problem);
        };
    }

    private static <A extends java.lang.annotation.Annotation> ConditionEvaluationResult evaluate(
            ExtensionContext context, Class<A> annotation, Function<A, Optional<String>> whyNot) {
        return AnnotationSupport.findAnnotation(context.getElement(), annotation)
                .flatMap(whyNot)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
    }
}

package dev.skep.testkit;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsTool} and {@link NeedsBpf} whether a test runs. */
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

    private static <A extends java.lang.annotation.Annotation> ConditionEvaluationResult evaluate(
            ExtensionContext context, Class<A> annotation, Function<A, Optional<String>> whyNot) {
        return AnnotationSupport.findAnnotation(context.getElement(), annotation)
                .flatMap(whyNot)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
    }
}

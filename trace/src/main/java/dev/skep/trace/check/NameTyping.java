package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Span;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.Optional;

/** Finds the types of bare words: builtins and constants of enumerations. */
final class NameTyping {
    private final TypingContext context;

    NameTyping(TypingContext context) {
        this.context = context;
    }

    TraceType identifier(Span span, String name) {
        Attachment attachment = context.attachment();
        Optional<TraceType> builtin = BuiltinTypes.of(name, attachment, context.settings());
        if (builtin.isPresent()) {
            checkAvailable(span, name, attachment.kind());
            return builtin.get();
        }
        return switch (name) {
            case "ctx" -> new TraceType.Pointer(ExpressionTyping.NOTHING, AddressSpace.KERNEL);
            case "curtask" -> ExpressionTyping.U64;
            case "args" -> arguments(span);
            case "retval" -> result(span);
            default -> {
                context.report()
                        .error(span, "Unknown identifier: '" + name + "'", Nearest.hints(name, BuiltinTypes.names()));
                yield ExpressionTyping.NOTHING;
            }
        };
    }

    private TraceType arguments(Span span) {
        Attachment attachment = context.attachment();
        Optional<TraceType.Structure> structure =
                attachment.target() instanceof ProbeTarget.Tracepoint(String category, String event)
                        ? context.structures().tracepoint(category, event)
                        : Optional.empty();
        if (structure.isEmpty()) {
            context.report()
                    .error(
                            span,
                            "The args builtin can only be used with tracepoint, fentry, fexit, rawtracepoint and uprobe"
                                    + " probes (" + attachment.kind().text() + " used here)");
            return ExpressionTyping.NOTHING;
        }
        return structure.get();
    }

    private TraceType result(Span span) {
        if (!context.attachment().kind().hasResult()) {
            context.report()
                    .error(
                            span,
                            "The retval builtin can only be used with 'kretprobe' and 'uretprobe' and 'fentry' probes");
        }
        return ExpressionTyping.U64;
    }

    private void checkAvailable(Span span, String name, ProbeKind kind) {
        if (BuiltinTypes.argument(name).isPresent() && !kind.hasNumberedArguments()) {
            context.report()
                    .error(
                            span,
                            "The " + name + " builtin can only be used with 'kprobes', 'uprobes' and 'usdt' probes");
        }
        boolean hasFunction = switch (kind) {
            case KPROBE, KRETPROBE, UPROBE, URETPROBE, FENTRY, FEXIT, USDT -> true;
            default -> false;
        };
        if (name.equals("func") && !hasFunction) {
            context.report().error(span, "The func builtin can not be used with '" + kind.typeText() + "' probes");
        }
    }
}

package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Span;
import dev.skep.trace.source.Spelling;
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
            case "ctx" -> programContext();
            case "curtask" ->
                context.structures()
                        .named("struct task_struct")
                        .<TraceType>map(task -> new TraceType.Pointer(task, AddressSpace.KERNEL))
                        .orElse(ExpressionTyping.U64);
            case "args" -> arguments(span);
            case "retval" -> result(span);
            default -> constant(span, name);
        };
    }

    private TraceType programContext() {
        return context.attachment().target() instanceof ProbeTarget.Iterator iterator
                ? context.structures()
                        .context(iterator)
                        .<TraceType>map(found -> found)
                        .orElse(ExpressionTyping.NOTHING)
                : new TraceType.Pointer(ExpressionTyping.NOTHING, AddressSpace.KERNEL);
    }

    private TraceType constant(Span span, String name) {
        Optional<Structures.Constant> constant = context.structures().constant(name);
        if (constant.isEmpty()) {
            context.report()
                    .error(span, "Unknown identifier: '" + name + "'", Spelling.hints(name, BuiltinTypes.names()));
        }
        return constant.map(Structures.Constant::type).orElse(ExpressionTyping.NOTHING);
    }

    private TraceType arguments(Span span) {
        Attachment attachment = context.attachment();
        Optional<TraceType.Structure> structure = context.structures().arguments(attachment.target());
        if (structure.isEmpty() && attachment.target() instanceof ProbeTarget.Uprobe uprobe && !uprobe.isReturn()) {
            String problem = context.structures().arguments(uprobe).problem();
            if (problem.isEmpty()) {
                context.report().error(span, "Cannot read function parameters");
            } else {
                context.report()
                        .error(
                                attachment.source().span(),
                                "Could not parse arguments of \"" + attachment.name() + "\": " + problem);
            }
            return ExpressionTyping.NOTHING;
        }
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
        if (context.attachment().target() instanceof ProbeTarget.Fentry fentry) {
            return context.structures()
                    .result(fentry)
                    .map(Structures.Member::type)
                    .orElse(ExpressionTyping.U64);
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

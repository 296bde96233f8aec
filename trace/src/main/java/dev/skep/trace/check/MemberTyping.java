package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Types of what is in a value: members, elements; how large values are, and where in them members are. */
final class MemberTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    MemberTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    TraceType field(Expression.FieldAccess access) {
        TraceType object = expressions.type(access.object());
        AddressSpace space = context.attachment().kind().space();
        while (object instanceof TraceType.Pointer pointer) {
            space = pointer.space();
            object = pointer.target();
        }
        if (object instanceof TraceType.Tuple tuple) {
            Optional<TraceType.Element> element = tuple.elements().stream()
                    .filter(each -> each.name().equals(Optional.of(access.field())))
                    .findFirst();
            if (element.isEmpty()) {
                context.report().error(access.span(), "Record does not contain a field named '" + access.field() + "'");
            }
            return element.map(TraceType.Element::type).orElse(ExpressionTyping.NOTHING);
        }
        if (!(object instanceof TraceType.Structure structure)) {
            context.report()
                    .error(
                            access.span(),
                            "Can not access field '" + access.field() + "' on expression of type '"
                                    + TypeText.of(object) + "'");
            return ExpressionTyping.NOTHING;
        }
        Optional<Structures.Member> member = context.structures().member(structure, access.field());
        if (member.isEmpty()) {
            reportMissing(access, structure);
            return ExpressionTyping.NOTHING;
        }
        return ExpressionTyping.withSpace(member.get().type(), space);
    }

    private void reportMissing(Expression.FieldAccess access, TraceType.Structure structure) {
        List<String> fields = context.structures().members(structure).stream()
                .map(Structures.Member::name)
                .toList();
        if (Structures.isUserArguments(structure)) {
            context.report()
                    .error(
                            access.span(),
                            "Can't find function parameter " + access.field(),
                            Spelling.hints(access.field(), fields));
            return;
        }
        context.report()
                .error(
                        access.span(),
                        "Unable to find field \"" + access.field() + "\"",
                        Spelling.hints(access.field(), fields));
    }

    TraceType tupleElement(Span span, TraceType tuple, int index) {
        if (tuple instanceof TraceType.Tuple(List<TraceType.Element> elements, int size)) {
            if (index < elements.size()) {
                return elements.get(index).type();
            }
            context.report()
                    .error(
                            span,
                            "Invalid tuple index: " + index + ". Found " + elements.size() + " elements in tuple.");
            return ExpressionTyping.NOTHING;
        }
        context.report()
                .error(span, "Can not access index '" + index + "' on expression of type '" + TypeText.of(tuple) + "'");
        return ExpressionTyping.NOTHING;
    }

    TraceType index(Expression.Index access) {
        TraceType array = expressions.type(access.array());
        TraceType index = expressions.type(access.index());
        OptionalLong constant = Constants.number(access.index());
        if (array instanceof TraceType.Tuple tuple) {
            if (constant.isEmpty()) {
                context.report().error(access.span(), "Tuples are accessed with constant indexes");
                return ExpressionTyping.NOTHING;
            }
            return tupleElement(access.span(), tuple, (int) constant.getAsLong());
        }
        boolean known = constant.isPresent() && constant.getAsLong() >= 0;
        boolean unsigned = index instanceof TraceType.Nothing
                || (ExpressionTyping.isInteger(index) && Promotion.isUnsigned(index, ExpressionTyping.U64));
        if (!known && !unsigned) {
            context.report()
                    .error(
                            access.span(),
                            "The array index operator [] only accepts positive (unsigned) integer indices. Got: "
                                    + TypeText.of(index));
        }
        return switch (array) {
            case TraceType.Array(TraceType element, int count) -> {
                checkBounds(access, constant, count);
                yield element;
            }
            case TraceType.Pointer(TraceType target, AddressSpace space) -> {
                if (target.size() == 0 && !(target instanceof TraceType.Structure)) {
                    context.report()
                            .error(
                                    access.span(),
                                    "The array index operator [] cannot be used on a pointer to an unsized type (void"
                                            + " *).");
                }
                yield ExpressionTyping.withSpace(target, space);
            }
            case TraceType.Text text -> {
                checkBounds(access, constant, text.size());
                yield new TraceType.Number(1, true);
            }
            case TraceType.Nothing nothing -> nothing;
            default -> {
                context.report()
                        .error(
                                access.span(),
                                "The array index operator [] can only be used on arrays and pointers, found "
                                        + TypeText.of(array) + ".");
                yield ExpressionTyping.NOTHING;
            }
        };
    }

    /** Arrays of no known length ({@code int y[]}) have no bounds. */
    private void checkBounds(Expression.Index access, OptionalLong index, int count) {
        if (count > 0 && index.isPresent() && index.getAsLong() >= count) {
            context.report()
                    .error(
                            access.span(),
                            "the index " + index.getAsLong() + " is out of bounds for array of size " + count);
        }
    }

    TraceType sizeOf(Expression expression, TraceType type) {
        context.program().setConstant(expression, type.size());
        if (type instanceof TraceType.Nothing) {
            context.report().error(expression.span(), "sizeof not resolved, is type complete?");
        }
        return ExpressionTyping.U64;
    }

    TraceType offsetOf(Expression expression, TraceType type, List<String> path) {
        Span span = expression.span();
        TraceType at = type;
        int offset = 0;
        for (String field : path) {
            if (!(at instanceof TraceType.Structure structure)) {
                context.report().error(span, "'" + TypeText.of(at) + "' is not a c_struct type.");
                return ExpressionTyping.U64;
            }
            Optional<Structures.Member> member = context.structures().member(structure, field);
            if (member.isEmpty()) {
                context.report().error(span, "'" + structure.name() + "' has no field named '" + field + "'");
                return ExpressionTyping.U64;
            }
            at = member.get().type();
            offset += member.get().offset();
        }
        context.program().setConstant(expression, offset);
        return ExpressionTyping.U64;
    }
}

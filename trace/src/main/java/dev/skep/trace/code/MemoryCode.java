package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.check.Structures;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;

/** Follows pointers and finds members, elements of arrays and of tuples. */
final class MemoryCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;
    private final TypedPointers typed;

    MemoryCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
        this.typed = new TypedPointers(program);
    }

    /** How what a pointer leads to is read. */
    static Operand.Reach reach(AddressSpace space) {
        return switch (space) {
            case KERNEL -> Operand.Reach.KERNEL;
            case USER -> Operand.Reach.USER;
            case UNKNOWN -> Operand.Reach.ANY;
        };
    }

    /** {@code object.field}. */
    Operand field(Expression.FieldAccess access) {
        TraceType type = program.type(access.object());
        if (type instanceof TraceType.Tuple tuple) {
            int index = 0;
            for (TraceType.Element element : tuple.elements()) {
                if (element.name().filter(access.field()::equals).isPresent()) {
                    return element(access.object(), index);
                }
                index++;
            }
        }
        Optional<KernelPaths.Path> path = new KernelPaths(program).of(access);
        if (path.isPresent()) {
            Expression root = path.get().object();
            return new KernelPaths(program).read(path.get(), object(expressions.value(root), program.type(root)));
        }
        Operand.Memory object = object(access.object(), type);
        TraceType of = type;
        while (of instanceof TraceType.Pointer pointer) {
            of = pointer.target();
        }
        Structures.Member member = program.unit()
                .script()
                .structures()
                .member((TraceType.Structure) of, access.field())
                .orElseThrow();
        return member(object, (TraceType.Structure) of, member);
    }

    /** What a structure, or a pointer to one, leads to. */
    private Operand.Memory object(Expression expression, TraceType type) {
        if (!typed.isKnown(expression)) {
            return object(expressions.value(expression), type);
        }
        if (expression instanceof Expression.Identifier) { // curtask
            return new Operand.Memory(emit.call(HelperId.GET_CURRENT_TASK_BTF), 0, Operand.Reach.TYPED);
        }
        return switch (expressions.value(expression)) {
            case Operand.Scalar(Value pointer) -> new Operand.Memory(pointer, 0, Operand.Reach.TYPED);
            case Operand operand -> object(operand, type);
        };
    }

    private Operand.Memory object(Operand operand, TraceType type) {
        Operand at = operand;
        TraceType of = type;
        while (of instanceof TraceType.Pointer(TraceType target, AddressSpace space)) {
            Operand.Memory behind = new Operand.Memory(expressions.scalar(at, of), 0, reach(space));
            at = target instanceof TraceType.Pointer ? program.storage().read(target, behind) : behind;
            of = target;
        }
        return (Operand.Memory) at;
    }

    /** Whether the verifier lets a member be loaded, from where it lets anything be. */
    private boolean isLoaded(TraceType.Structure of, Structures.Member member) {
        return typed.isPlain(of, member)
                && (Shape.isScalar(member.type()) || member.type() instanceof TraceType.Structure);
    }

    private Operand member(Operand.Memory object, TraceType.Structure type, Structures.Member member) {
        Operand.Memory found = new Operand.Memory(object.address(), object.offset() + member.offset(), object.reach());
        Operand.Memory place = isLoaded(type, member) ? found : found.untyped();
        if (member.location() != Tracepoints.Location.HERE) {
            return new Operand.Scalar(located(object, place, member.location()));
        }
        if (member.bits().isPresent()) {
            Structures.Bits bits = member.bits().get();
            Value word = program.storage().number(place, member.type().size(), false);
            int above = 64 - bits.shift() - bits.count();
            Value top = emit.binary(BinaryOperator.SHIFT_LEFT, word, Constant.of((long) above));
            BinaryOperator down =
                    Shape.isSigned(member.type()) ? BinaryOperator.ARITHMETIC_SHIFT_RIGHT : BinaryOperator.SHIFT_RIGHT;
            return new Operand.Scalar(emit.binary(down, top, Constant.of(64L - bits.count())));
        }
        Operand value = program.storage().read(member.type(), place);
        boolean maybeNull = object.address().equals(program.context())
                && program.typed().attachment().target() instanceof ProbeTarget.Iterator
                && member.type() instanceof TraceType.Pointer;
        if (maybeNull) {
            // The kernel wants to see each of an iterator's objects compared with null.
            Value pointer = expressions.scalar(value, member.type());
            return new Operand.Scalar(
                    emit.choose(Comparison.EQUAL, pointer, Emit.ZERO, () -> Emit.ZERO, () -> pointer));
        }
        return value;
    }

    /** The address of an array whose place a record of a tracepoint says. */
    private Value located(Operand.Memory object, Operand.Memory place, Tracepoints.Location location) {
        Value where = program.storage().number(place, 4, false);
        Value distance = emit.binary(BinaryOperator.AND, where, Constant.of(0xffffL));
        long start = location == Tracepoints.Location.FROM_FIELD ? place.offset() + 4L : object.offset();
        return emit.plus(emit.binary(BinaryOperator.ADD, emit.number(object.address()), distance), start);
    }

    /** {@code tuple.0}. */
    Operand element(Expression tuple, int index) {
        Operand operand = expressions.value(tuple);
        if (operand instanceof Operand.Parts(List<Operand> elements)) {
            return elements.get(index);
        }
        TraceType.Element element =
                ((TraceType.Tuple) program.type(tuple)).elements().get(index);
        Operand.Memory memory = (Operand.Memory) operand;
        return program.storage()
                .read(
                        element.type(),
                        new Operand.Memory(memory.address(), memory.offset() + element.offset(), memory.reach()));
    }

    /** {@code array[index]}. */
    Operand index(Expression.Index access) {
        TraceType type = program.type(access.array());
        if (type instanceof TraceType.Tuple) {
            return element(
                    access.array(), (int) Constants.number(access.index()).orElseThrow());
        }
        Operand operand = expressions.value(access.array());
        TraceType element = program.type(access);
        Operand.Memory array = type instanceof TraceType.Pointer(TraceType target, AddressSpace space)
                ? new Operand.Memory(expressions.scalar(operand, type), 0, reach(space))
                : asMemory(operand, type).untyped();
        int size = Math.max(1, element.size());
        if (Constants.number(access.index()).isPresent()) {
            long index = Constants.number(access.index()).getAsLong();
            return program.storage()
                    .read(
                            element,
                            new Operand.Memory(array.address(), (int) (array.offset() + index * size), array.reach()));
        }
        Value index = bounded(expressions.scalar(access.index()), type, array);
        Value distance = emit.binary(BinaryOperator.MULTIPLY, index, Constant.of((long) size));
        Value address = emit.offset(emit.offset(array.address(), array.offset()), distance);
        return program.storage().read(element, new Operand.Memory(address, 0, array.reach()));
    }

    /** An index within memory of the program's own, which the kernel wants to see. */
    private Value bounded(Value index, TraceType type, Operand.Memory array) {
        if (array.reach() != Operand.Reach.DIRECT) {
            return index;
        }
        int count = type instanceof TraceType.Array array1 ? array1.count() : type.size();
        return emit.choose(Comparison.LESS, index, Constant.of((long) count), () -> index, () -> Emit.ZERO);
    }

    private Operand.Memory asMemory(Operand operand, TraceType type) {
        return operand instanceof Operand.Memory memory
                ? memory
                : new Operand.Memory(program.inMemory(operand, type, type, false), 0, Operand.Reach.DIRECT);
    }

    /** {@code *pointer}. */
    Operand dereference(Expression.Unary unary) {
        TraceType type = program.type(unary.operand());
        AddressSpace space = type instanceof TraceType.Pointer pointer
                ? pointer.space()
                : program.typed().attachment().kind().space();
        Operand.Memory target = new Operand.Memory(expressions.scalar(unary.operand()), 0, reach(space));
        return program.storage().read(program.type(unary), target);
    }

    /** {@code &variable}, {@code &structure.member}. */
    Operand addressOf(Expression.Unary unary) {
        if (unary.operand() instanceof Expression.MapName map) {
            return new Operand.Scalar(emit.number(emit.map(Unit.objectName(map.name()))));
        }
        TraceType type = program.type(unary.operand());
        Operand operand = expressions.value(unary.operand());
        return new Operand.Scalar(emit.number(program.inMemory(operand, type, type, false)));
    }

    /** {@code (type)value}. */
    Operand cast(Expression.Cast cast) {
        TraceType from = program.type(cast.operand());
        TraceType to = program.type(cast);
        Operand operand = expressions.value(cast.operand());
        return switch (to) {
            case TraceType.Number(int size, boolean signed, int _) -> {
                Value number = from instanceof TraceType.Array
                        ? program.storage().number(asMemory(operand, from), from.size(), false)
                        : expressions.scalar(operand, from);
                yield new Operand.Scalar(emit.extend(number, size, signed));
            }
            case TraceType.Enumeration enumeration ->
                new Operand.Scalar(emit.extend(expressions.scalar(operand, from), to.size(), enumeration.signed()));
            case TraceType.Truth truth ->
                new Operand.Scalar(emit.compare(Comparison.NOT_EQUAL, expressions.scalar(operand, from), Emit.ZERO));
            case TraceType.Pointer pointer -> new Operand.Scalar(expressions.scalar(operand, from));
            case TraceType.Array array
            when operand instanceof Operand.Scalar(Value value) -> {
                Value bytes = emit.slot("array", 8);
                emit.store(bytes, 0, 8, value);
                yield new Operand.Memory(bytes, 0, Operand.Reach.DIRECT);
            }
            case TraceType.Structure structure
            when operand instanceof Operand.Scalar(Value value) ->
                new Operand.Memory(
                        value, 0, reach(program.typed().attachment().kind().space()));
            default -> expressions.fit(operand, from, to);
        };
    }
}

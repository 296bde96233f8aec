package dev.skep.compiler.ir;

import java.util.List;
import java.util.Optional;

/** Which types the operands of operations and of the ends of blocks have. */
final class OperandRules {
    private OperandRules() {}

    /** True if a value may stand for another: the same kind, the provenance of pointers aside. */
    static boolean fits(Type given, Type wanted) {
        return given.equals(wanted) || (given instanceof Pointer && wanted instanceof Pointer);
    }

    /** What is wrong with an operation's operands. */
    static Optional<String> problem(Operation operation) {
        return switch (operation) {
            case Operation.Binary binary -> integers(binary.left(), binary.right());
            case Operation.Negate negate -> integers(negate.value());
            case Operation.SwapBytes swap -> swap(swap);
            case Operation.Extend extend -> extend(extend);
            case Operation.Compare compare -> comparable(compare.left(), compare.right());
            case Operation.PointerAdd add ->
                complain(
                        !add.pointer().type().isWide() || add.offset().type() != Int.I64,
                        "adds " + add.offset().type() + " to " + add.pointer().type());
            case Operation.PointerDifference difference -> comparable(difference.left(), difference.right());
            case Operation.Reinterpret same ->
                complain(
                        !isValue(same.value())
                                || same.value().type().isWide() != same.type().isWide(),
                        "takes " + same.value().type() + " for " + same.type());
            case Operation.Relocated relocated ->
                complain(!isWhole(relocated.type()), "is of type " + relocated.type());
            case Operation.Load load -> load(load);
            case Operation.Store store -> store(store);
            case Operation.Atomic atomic -> addressAndInteger(atomic.address(), atomic.value());
            case Operation.CompareAndExchange exchange ->
                addressAndInteger(exchange.address(), exchange.expected())
                        .or(() -> integers(exchange.expected(), exchange.replacement()));
            case Operation.CallFunction call -> call(call);
            case Operation.CallHelper call -> arguments(call.arguments());
            case Operation.CallKernelFunction call -> arguments(call.arguments());
            case Operation.Entries entries -> address(entries.map());
            case Operation.NextEntry next -> address(next.entries());
            case Operation.EntryAddress address -> integers(address.next());
            case Operation.Leaf leaf -> Optional.empty();
        };
    }

    /** What is wrong with what a block's end uses itself. */
    static Optional<String> problem(Terminator end, Function function) {
        return switch (end) {
            case Terminator.Jump jump -> Optional.empty();
            case Terminator.MayContinue loop -> Optional.empty();
            case Terminator.Branch branch -> comparable(branch.left(), branch.right());
            case Terminator.Switch choice -> integers(choice.value());
            case Terminator.Return exit ->
                exit.value()
                                .map(Value::type)
                                .map(type -> fits(type, function.resultType()))
                                .orElse(isVoid(function))
                        ? Optional.empty()
                        : Optional.of("returns "
                                + exit.value()
                                        .map(value -> value.type().toString())
                                        .orElse("nothing") + " from a function of " + function.resultType());
        };
    }

    private static boolean isVoid(Function function) {
        return function.resultType() == Type.Nothing.VOID;
    }

    private static boolean isWhole(Type type) {
        return type == Int.I32 || type == Int.I64;
    }

    private static boolean isValue(Value value) {
        return isWhole(value.type()) || value.type() instanceof Pointer;
    }

    private static Optional<String> integers(Value... values) {
        for (Value value : values) {
            if (!isWhole(value.type()) || !value.type().equals(values[0].type())) {
                return Optional.of("works on " + values[0].type() + " and " + value.type());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> comparable(Value left, Value right) {
        return complain(
                !isValue(left)
                        || !isValue(right)
                        || left.type().isWide() != right.type().isWide(),
                "compares " + left.type() + " with " + right.type());
    }

    private static Optional<String> swap(Operation.SwapBytes swap) {
        boolean sized =
                swap.width() != Int.I8 && swap.width().bytes() <= (swap.type().isWide() ? 8 : 4);
        return integers(swap.value()).or(() -> complain(!sized, "swaps " + swap.width() + " of " + swap.type()));
    }

    private static Optional<String> extend(Operation.Extend extend) {
        boolean fromMoreThanThere =
                extend.from() == Int.I64 && !extend.value().type().isWide();
        boolean intoLess = extend.from() == Int.I64 && extend.type() == Int.I32;
        return integers(extend.value())
                .or(() -> complain(
                        !isWhole(extend.type()) || fromMoreThanThere || intoLess,
                        "extends " + extend.from() + " of " + extend.value().type() + " to " + extend.type()));
    }

    private static Optional<String> load(Operation.Load load) {
        boolean typed = isWhole(load.type()) || load.type() instanceof Pointer;
        boolean tooWide = !load.type().isWide() && load.width() == Int.I64;
        return complain(!typed || tooWide, "loads " + load.width() + " as " + load.type())
                .or(() -> address(load.address()));
    }

    private static Optional<String> store(Operation.Store store) {
        boolean tooWide = store.width() == Int.I64 && !store.value().type().isWide();
        return complain(
                        !isValue(store.value()) || tooWide,
                        "stores " + store.value().type() + " as " + store.width())
                .or(() -> address(store.address()));
    }

    private static Optional<String> addressAndInteger(Value address, Value value) {
        return address(address).or(() -> integers(value));
    }

    private static Optional<String> address(Value address) {
        return complain(!address.type().isWide(), "has an address of type " + address.type());
    }

    private static Optional<String> call(Operation.CallFunction call) {
        List<BlockParameter> parameters =
                call.function().blocks().isEmpty() ? List.of() : call.function().parameters();
        if (!call.function().blocks().isEmpty()
                && parameters.size() != call.arguments().size()) {
            return Optional.of("gives " + call.arguments().size() + " arguments to " + call.function()
                    + ", which takes " + parameters.size());
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!fits(call.arguments().get(i).type(), parameters.get(i).type())) {
                return Optional.of("gives " + call.arguments().get(i).type() + " for parameter " + i + " of "
                        + call.function() + ", which is " + parameters.get(i).type());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> arguments(List<Value> arguments) {
        return arguments.stream()
                .filter(argument -> !isValue(argument))
                .findFirst()
                .map(argument -> "passes " + argument.type());
    }

    private static Optional<String> complain(boolean wrong, String problem) {
        return wrong ? Optional.of(problem) : Optional.empty();
    }
}

package dev.skep.compiler.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes a function for people to read: one line for each instruction, values numbered as they come. */
public final class IrText {
    private final Function function;
    private final Map<Value, String> names = new IdentityHashMap<>();
    private final Map<Block, String> blockNames = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private IrText(Function function) {
        this.function = function;
    }

    /** The function's listing, lines ended by line feeds; incomplete functions can be listed too. */
    public static String of(Function function) {
        return new IrText(function).list();
    }

    private String list() {
        name();
        out.append(word(function.linkage())).append(' ').append(function.name());
        function.section()
                .ifPresent(section -> out.append(" \"").append(section).append('"'));
        out.append(" -> ").append(type(function.resultType())).append('\n');
        function.blocks().forEach(this::list);
        return out.toString();
    }

    private void name() {
        Set<String> taken = new HashSet<>();
        for (Block block : function.blocks()) {
            String name = block.name();
            for (int i = 2; !taken.add(name); i++) {
                name = block.name() + "." + i;
            }
            blockNames.put(block, name);
            block.parameters().forEach(parameter -> names.put(parameter, "v" + names.size()));
            block.instructions().stream()
                    .filter(instruction -> instruction.type() != Type.Nothing.VOID)
                    .forEach(instruction -> names.put(instruction, "v" + names.size()));
        }
    }

    private void list(Block block) {
        out.append(blockNames.get(block));
        if (!block.parameters().isEmpty()) {
            out.append(block.parameters().stream().map(this::parameter).collect(Collectors.joining(", ", "(", ")")));
        }
        out.append(":\n");
        for (Instruction instruction : block.instructions()) {
            String result = names.containsKey(instruction) ? names.get(instruction) + " = " : "";
            out.append("    ")
                    .append(result)
                    .append(text(instruction.operation()))
                    .append('\n');
        }
        out.append("    ")
                .append(block.isTerminated() ? text(block.terminator()) : "(no end)")
                .append('\n');
    }

    private String parameter(BlockParameter parameter) {
        String source = parameter.name().isEmpty() ? "" : " " + parameter.name();
        return names.get(parameter) + ": " + type(parameter.type()) + source;
    }

    private String text(Operation operation) {
        return switch (operation) {
            case Operation.Binary binary -> typed(binary, word(binary.operator()), binary.operands());
            case Operation.Negate negate -> typed(negate, "negate", negate.operands());
            case Operation.SwapBytes swap -> typed(swap, "swap " + word(swap.width()), swap.operands());
            case Operation.Extend extend ->
                typed(
                        extend,
                        (extend.signed() ? "sign_extend " : "zero_extend ") + word(extend.from()) + " to",
                        extend.operands());
            case Operation.Compare compare ->
                "compare " + word(compare.comparison()) + " "
                        + type(compare.left().type()) + " " + values(compare.operands());
            case Operation.PointerAdd add -> typed(add, "pointer_add", add.operands());
            case Operation.PointerDifference difference -> "pointer_difference " + values(difference.operands());
            case Operation.Reinterpret same -> typed(same, "reinterpret", same.operands());
            case Operation.StackAddress address ->
                "stack_address " + address.slot().name() + "[" + address.slot().size() + "]";
            case Operation.MapAddress address -> "map_address " + address.map();
            case Operation.GlobalAddress address -> "global_address " + address.section() + "+" + address.offset();
            case Operation.FunctionAddress address -> "function_address " + address.function();
            case Operation.Entries entries -> "entries " + values(entries.operands());
            case Operation.Rounds rounds -> "rounds " + rounds.most();
            case Operation.NextEntry next -> "next_entry " + values(next.operands());
            case Operation.EntryAddress address ->
                (address.isKey() ? "entry_key " : "entry_value ") + values(address.operands());
            case Operation.HiddenZero zero -> "hidden_zero";
            case Operation.KernelFunctionAddress address -> "kernel_function_address " + address.name();
            case Operation.Relocated relocated ->
                typed(relocated, "relocated " + word(relocated.kind()), List.of()) + path(relocated.path()) + " local "
                        + relocated.local();
            case Operation.Load load ->
                typed(load, (load.signed() ? "load_signed " : "load ") + word(load.width()) + " as", List.of())
                        + " " + memory(load.address(), load.offset())
                        + load.field().map(this::path).orElse("");
            case Operation.Store store ->
                "store " + word(store.width()) + " " + memory(store.address(), store.offset()) + ", "
                        + value(store.value()) + store.field().map(this::path).orElse("");
            case Operation.Atomic atomic ->
                "atomic " + word(atomic.operator()) + (atomic.fetch() ? " fetch " : " ")
                        + type(atomic.value().type()) + " " + memory(atomic.address(), atomic.offset()) + ", "
                        + value(atomic.value());
            case Operation.CompareAndExchange exchange ->
                "compare_and_exchange " + type(exchange.type()) + " "
                        + memory(exchange.address(), exchange.offset()) + ", "
                        + values(List.of(exchange.expected(), exchange.replacement()));
            case Operation.CallHelper call -> call("helper " + word(call.helper()), call.arguments(), call.type());
            case Operation.CallKernelFunction call -> call("kernel " + call.name(), call.arguments(), call.type());
            case Operation.CallFunction call -> call(call.function().name(), call.arguments(), call.type());
        };
    }

    private String text(Terminator end) {
        return switch (end) {
            case Terminator.Jump jump -> "jump " + edge(jump.edge());
            case Terminator.Branch branch ->
                "branch " + word(branch.comparison()) + " " + type(branch.left().type()) + " "
                        + values(branch.operands()) + " ? " + edge(branch.taken()) + " : " + edge(branch.otherwise());
            case Terminator.MayContinue loop -> "may_continue ? " + edge(loop.more()) + " : " + edge(loop.exhausted());
            case Terminator.Switch choice -> {
                StringJoiner ways = new StringJoiner(", ", "switch " + value(choice.value()) + " {", "}");
                choice.cases().forEach(one -> ways.add(one.number() + ": " + edge(one.edge())));
                yield ways.add("else: " + edge(choice.otherwise())).toString();
            }
            case Terminator.Return exit ->
                "return" + exit.value().map(value -> " " + value(value)).orElse("");
        };
    }

    private String edge(Edge edge) {
        String arguments = edge.arguments().isEmpty() ? "" : "(" + values(edge.arguments()) + ")";
        return blockNames.getOrDefault(
                        edge.target(), "(foreign " + edge.target().name() + ")")
                + arguments;
    }

    private String call(String callee, List<Value> arguments, Type type) {
        return "call " + callee + "(" + values(arguments) + ")"
                + (type == Type.Nothing.VOID ? "" : " -> " + type(type));
    }

    private String memory(Value address, int offset) {
        String sign = offset < 0 ? " - " : " + ";
        return "[" + value(address) + (offset == 0 ? "" : sign + Math.abs((long) offset)) + "]";
    }

    private String path(FieldPath path) {
        return " {" + path.access() + "}";
    }

    private String typed(Operation operation, String word, List<Value> operands) {
        return word + " " + type(operation.type()) + (operands.isEmpty() ? "" : " " + values(operands));
    }

    private String values(List<Value> values) {
        return values.stream().map(this::value).collect(Collectors.joining(", "));
    }

    private String value(Value value) {
        return value instanceof Constant constant
                ? constant.type() instanceof Pointer ? "null" : Long.toString(constant.value())
                : names.getOrDefault(value, "(foreign)");
    }

    private static String type(Type type) {
        return type instanceof Pointer pointer
                ? word(pointer.provenance()) + "*" + (pointer.nullable() ? "?" : "")
                : type.toString().toLowerCase(Locale.ROOT);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

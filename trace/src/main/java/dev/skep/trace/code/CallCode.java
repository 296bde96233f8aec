package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes code of calls. */
final class CallCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;
    private final ReadCode reads;
    private final EventCode events;
    private final ActionCode actions;
    private final StringCode strings;
    private final AddressCode addresses;
    private final PacketCode packets;

    CallCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
        this.reads = new ReadCode(program, expressions);
        this.events = new EventCode(program, expressions, reads);
        this.strings = new StringCode(program, expressions);
        this.addresses = new AddressCode(program, expressions);
        this.packets = new PacketCode(program, expressions, events);
        this.actions = new ActionCode(program, expressions, events);
    }

    Operand value(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "printf",
                    "errorf",
                    "warnf",
                    "system",
                    "cat",
                    "print",
                    "clear",
                    "zero",
                    "exit",
                    "time",
                    "join",
                    "unwatch" -> {
                actions.perform(call);
                yield Operand.NONE;
            }
            case "str", "buf" -> reads.read(call);
            case "delete" -> delete(call);
            case "has_key" ->
                expressions.maps().hasKey(((Expression.MapName) arguments.getFirst()).name(), arguments.get(1));
            case "find" -> find(arguments);
            case "kstack", "ustack" -> expressions.builtins().stack((TraceType.Stack) program.type(call));
            case "ksym", "kptr", "uptr", "cgroup_path", "strerror", "syscall_name", "signal_name" ->
                new Operand.Scalar(expressions.scalar(arguments.getFirst()));
            case "usym" -> expressions.builtins().userSymbol(expressions.scalar(arguments.getFirst()));
            case "strftime" -> new Operand.Scalar(expressions.scalar(arguments.get(1)));
            case "nsecs" -> new Operand.Scalar(clock(call));
            case "kaddr" -> new Operand.Scalar(kernelAddress(call, literal(call)));
            case "percpu_kaddr" -> new Operand.Scalar(cpuAddress(call));
            case "debugf" -> {
                kernelFormat(call);
                yield Operand.NONE;
            }
            case "cgroupid" -> new Operand.Scalar(group(call));
            case "reg" -> new Operand.Scalar(register(call));
            case "strlen", "strncmp", "memcmp", "strstr", "strcontains" -> strings.call(call);
            case "ntop" -> addresses.internet(call);
            case "pton" -> addresses.written(call);
            case "macaddr" -> addresses.hardware(call);
            case "str_concat" -> strings.joined(call);
            case "skboutput" -> packets.send(call);
            case "len" -> length(call);
            case "signal" -> deliver(call, HelperId.SEND_SIGNAL);
            case "signal_thread" -> deliver(call, HelperId.SEND_SIGNAL_THREAD);
            case "override" -> {
                emit.run(HelperId.OVERRIDE_RETURN, program.context(), expressions.scalar(arguments.getFirst()));
                yield Operand.NONE;
            }
            case "path" -> path(call);
            case "socket_cookie" ->
                new Operand.Scalar(emit.call(HelperId.GET_SOCKET_COOKIE, expressions.scalar(arguments.getFirst())));
            case "uaddr" -> new Operand.Scalar(userAddress(call));
            case "bswap" -> new Operand.Scalar(swap(call));
            default -> builtin(call);
        };
    }

    private Operand builtin(Expression.Call call) {
        boolean named = call.arguments().isEmpty()
                || call.name().equals("pid")
                || call.name().equals("tid");
        if (!named) {
            throw new Unsupported(call.span());
        }
        return expressions.builtins().value(call, call.name());
    }

    private Operand delete(Expression.Call call) {
        return switch (call.arguments().getFirst()) {
            case Expression.MapElement element ->
                expressions.maps().delete(element.map().name(), Optional.of(element.key()), call.span());
            case Expression.MapName map ->
                expressions
                        .maps()
                        .delete(
                                map.name(),
                                call.arguments().size() > 1
                                        ? Optional.of(call.arguments().get(1))
                                        : Optional.empty(),
                                call.span());
            default -> throw new Unsupported(call.span());
        };
    }

    private Value clock(Expression.Call call) {
        String mode = call.arguments().isEmpty()
                ? "boot"
                : call.arguments().getFirst().span().text();
        return emit.call(
                switch (mode) {
                    case "monotonic" -> HelperId.KTIME_GET_NS;
                    case "tai", "sw_tai" -> HelperId.KTIME_GET_TAI_NS;
                    default -> HelperId.KTIME_GET_BOOT_NS;
                });
    }

    private String literal(Expression.Call call) {
        return Constants.text(call.arguments().getFirst())
                .orElseThrow(() -> new Unsupported(call.span(), call.name() + "() expects a string literal"));
    }

    private Operand find(List<Expression> arguments) {
        Expression.MapName map = (Expression.MapName) arguments.getFirst();
        Expression.Variable result = (Expression.Variable) arguments.get(2);
        return expressions
                .maps()
                .find(map.name(), arguments.get(1), program.typed().local(result));
    }

    /** Each CPU has the symbol so far on as the kernel's table says (include/asm-generic/percpu.h). 0 for a CPU that is not there. */
    private Value cpuAddress(Expression.Call call) {
        Value symbol = kernelAddress(call, literal(call));
        Value table = kernelAddress(call, "__per_cpu_offset");
        Value cpu = call.arguments().size() > 1
                ? expressions.scalar(call.arguments().get(1))
                : emit.call(HelperId.GET_SMP_PROCESSOR_ID);
        long cpus = program.unit().system().machine().possibleCpus();
        return emit.choose(
                Comparison.LESS,
                cpu,
                Constant.of(cpus),
                () -> {
                    Value entry = emit.offset(
                            table, emit.binary(BinaryOperator.MULTIPLY, cpu, Constant.of((long) Long.BYTES)));
                    Operand.Memory memory = new Operand.Memory(entry, 0, Operand.Reach.KERNEL);
                    return emit.offset(program.storage().number(memory, Long.BYTES, false), symbol);
                },
                () -> Emit.ZERO);
    }

    /** {@code debugf}: the kernel writes it to its trace itself. */
    private void kernelFormat(Expression.Call call) {
        String format = literal(call);
        TraceType type = new TraceType.Text(format.length() + 1);
        List<Value> values = new ArrayList<>();
        values.add(program.inMemory(new Operand.Literal(format), type, type, false));
        values.add(Constant.of((long) type.size()));
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            TraceType of = program.type(argument);
            values.add(
                    of instanceof TraceType.Text
                            ? program.inMemory(expressions.value(argument), of, of, false)
                            : expressions.scalar(argument));
        }
        emit.run(HelperId.TRACE_PRINTK, values.toArray(Value[]::new));
    }

    private Value kernelAddress(Expression.Call call, String symbol) {
        return program.unit().system().functions().address(symbol).stream()
                .mapToObj(Constant::of)
                .findFirst()
                .orElseThrow(() -> new Unsupported(call.span(), "Failed to resolve kernel symbol: " + symbol));
    }

    private Value group(Expression.Call call) {
        String path = literal(call);
        return program.unit().system().machine().cgroupId(path).stream()
                .mapToObj(Constant::of)
                .findFirst()
                .orElseThrow(() -> new Unsupported(call.span(), "Failed to get cgroup id of: " + path));
    }

    private Value register(Expression.Call call) {
        String name = literal(call);
        int offset = expressions
                .builtins()
                .registers()
                .named(name)
                .orElseThrow(() ->
                        new Unsupported(call.span(), "'" + name + "' is not a valid register on this architecture"));
        return expressions.builtins().register(offset);
    }

    private Value swap(Expression.Call call) {
        Value number = expressions.scalar(call.arguments().getFirst());
        int size = program.type(call).size();
        return size == 1 ? number : emit.add(new Operation.SwapBytes(Int.ofBytes(size), number));
    }

    private Operand deliver(Expression.Call call, HelperId helper) {
        Expression signal = call.arguments().getFirst();
        Optional<String> name = Constants.text(signal);
        Value number = name.isPresent()
                ? Constant.of((long) SignalNumbers.of(name.get().toUpperCase(Locale.ROOT))
                        .orElseThrow(() -> new Unsupported(call.span(), name.get() + " is not a valid signal")))
                : expressions.scalar(signal);
        emit.run(helper, number);
        return Operand.NONE;
    }

    private Operand path(Expression.Call call) {
        TraceType type = program.type(call);
        Value text = program.memory("path", type.size());
        Expression of = call.arguments().getFirst();
        Operand operand = expressions.value(of);
        Value place = operand instanceof Operand.Memory memory
                ? expressions.address(memory)
                : expressions.scalar(operand, program.type(of));
        emit.run(HelperId.D_PATH, place, text, Constant.of((long) type.size()));
        return new Operand.Memory(text, 0, Operand.Reach.DIRECT);
    }

    private Value userAddress(Expression.Call call) {
        String symbol = literal(call);
        if (program.typed().attachment().target() instanceof ProbeTarget.Uprobe uprobe) {
            long address = program.unit()
                    .system()
                    .binaries()
                    .object(uprobe.binary(), symbol)
                    .map(Binaries.Symbol::address)
                    .orElseThrow(() -> new Unsupported(
                            call.span(), "Could not resolve symbol: " + uprobe.binary() + ":" + symbol));
            return moved(uprobe, address);
        }
        throw new Unsupported(call.span(), "uaddr() can only be used in uprobes");
    }

    /** Where an address of the probed file is in the process: as far from the probed instruction as in the file. */
    private Value moved(ProbeTarget.Uprobe uprobe, long address) {
        Binaries binaries = program.unit().system().binaries();
        boolean knowsPlace = !uprobe.isReturn() && uprobe.symbols().size() <= 1;
        OptionalLong place = uprobe.address().isPresent() || uprobe.symbols().isEmpty()
                ? uprobe.address()
                : binaries.symbol(uprobe.binary(), uprobe.symbols().getFirst()).stream()
                        .mapToLong(Binaries.Symbol::address)
                        .findFirst();
        if (!knowsPlace || place.isEmpty()) {
            return Constant.of(address); // right where the file is not moved
        }
        return emit.plus(expressions.builtins().instruction(), address - place.getAsLong() - uprobe.offset());
    }

    private Operand length(Expression.Call call) {
        Expression of = call.arguments().getFirst();
        if (of instanceof Expression.MapName map) {
            return MapLoopCode.length(program, program.unit().map(map.name()));
        }
        if (of instanceof Expression.MapElement) {
            throw new Unsupported(
                    call.span(),
                    "how many frames a stack has is known only where it is taken; keep len() of it as well");
        }
        return expressions.builtins().frames((TraceType.Stack) program.type(of));
    }

    /** The format and arguments of {@code printf}, as the event has them. */
    static Action.Formatted formatted(Expression.Call call, List<Action.Argument> arguments) {
        return new Action.Formatted(Constants.text(call.arguments().getFirst()).orElse(""), arguments);
    }
}

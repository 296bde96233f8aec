package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Span;
import dev.skep.trace.system.Binaries;
import java.util.List;

/** Reads the arguments of static probes from where the compiler of the traced program put them. */
final class UsdtCode {
    private final Program program;
    private final Emit emit;

    UsdtCode(Program program) {
        this.program = program;
        this.emit = program.emit();
    }

    /** An argument, extended to 64 bits. @param index from 0 */
    Value argument(ProbeTarget.Usdt probe, int index, Span span) {
        List<Binaries.UsdtArgument> arguments = program.unit().system().binaries().usdt(probe.binary()).stream()
                .filter(site -> site.name().equals(probe.name())
                        && probe.provider().orElse(site.provider()).equals(site.provider()))
                .map(site -> argument(site.arguments(), index, span))
                .toList();
        if (arguments.isEmpty()) {
            throw new Unsupported(span, "there is no such probe any more");
        }
        return arguments.stream().distinct().count() == 1
                ? value(arguments.getFirst())
                : byPlace(arguments, 0, emit.call(HelperId.GET_ATTACH_COOKIE, program.context()));
    }

    private static Binaries.UsdtArgument argument(List<Binaries.UsdtArgument> all, int index, Span span) {
        if (index >= all.size()) {
            throw new Unsupported(span, "the probe has " + all.size() + " arguments, arg" + index + " is none of them");
        }
        return all.get(index);
    }

    /** Of the place whose number the kernel has kept as the cookie. */
    private Value byPlace(List<Binaries.UsdtArgument> arguments, int place, Value cookie) {
        if (place == arguments.size() - 1) {
            return value(arguments.get(place));
        }
        return emit.choose(
                Comparison.EQUAL,
                cookie,
                Constant.of((long) place),
                () -> value(arguments.get(place)),
                () -> byPlace(arguments, place + 1, cookie));
    }

    private Value value(Binaries.UsdtArgument argument) {
        Value value = switch (argument.place()) {
            case Binaries.UsdtPlace.Constant constant -> Constant.of(constant.value());
            case Binaries.UsdtPlace.Register register -> register(register.offset());
            case Binaries.UsdtPlace.Memory memory ->
                read(emit.plus(register(memory.base()), memory.displacement()), argument);
            case Binaries.UsdtPlace.IndexedMemory memory -> read(indexed(memory), argument);
        };
        return emit.extend(value, argument.size(), argument.signed());
    }

    private Value register(int offset) {
        return emit.load(program.context(), offset, 8, false);
    }

    private Value indexed(Binaries.UsdtPlace.IndexedMemory memory) {
        Value distance =
                emit.binary(BinaryOperator.MULTIPLY, register(memory.index()), Constant.of((long) memory.scale()));
        Value start = emit.plus(register(memory.base()), memory.displacement());
        return emit.binary(BinaryOperator.ADD, start, distance);
    }

    private Value read(Value address, Binaries.UsdtArgument argument) {
        return program.storage()
                .number(new Operand.Memory(address, 0, Operand.Reach.USER), argument.size(), argument.signed());
    }
}

package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
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
        List<List<Binaries.UsdtArgument>> sites = program.unit().system().binaries().usdt(probe.binary()).stream()
                .filter(site -> site.name().equals(probe.name())
                        && probe.provider().orElse(site.provider()).equals(site.provider()))
                .map(Binaries.UsdtSite::arguments)
                .distinct()
                .toList();
        if (sites.size() > 1) {
            throw new Unsupported(
                    span,
                    "the probe is in several places of " + probe.binary()
                            + " whose arguments are not in the same registers");
        }
        if (sites.isEmpty() || index >= sites.getFirst().size()) {
            throw new Unsupported(
                    span,
                    "the probe has " + (sites.isEmpty() ? 0 : sites.getFirst().size()) + " arguments, arg" + index
                            + " is none of them");
        }
        Binaries.UsdtArgument argument = sites.getFirst().get(index);
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

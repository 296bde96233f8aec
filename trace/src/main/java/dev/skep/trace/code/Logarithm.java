package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.compiler.type.CType;
import java.util.List;
import java.util.Optional;

/**
 * The function that finds the highest bit of a number. It is verified for itself, once: in its place in a program the verifier would
 * follow the program's rest for each of the 64 results.
 */
final class Logarithm {
    private Logarithm() {}

    /** From a number that is not 0, the index of its highest bit. */
    static Function function() {
        Function function = new Function(
                "log2",
                Function.Linkage.GLOBAL,
                Optional.empty(),
                new CType.Prototype(Programs.INT, List.of(new CType.Parameter("number", Programs.U64))),
                Int.I32,
                Position.NONE);
        Block entry = function.addBlock("entry");
        Value number = entry.addParameter("number", Int.I64);
        FunctionBuilder builder = new FunctionBuilder(function);
        builder.seal(entry);
        Emit emit = new Emit(builder);
        Variable rest = new Variable("rest", Int.I64);
        Variable bit = new Variable("bit", Int.I64);
        builder.write(rest, number);
        builder.write(bit, Emit.ZERO);
        for (int width = 32; width >= 1; width /= 2) {
            Block larger = emit.newBlock("larger");
            Block next = emit.newBlock("next");
            Value upper = emit.binary(BinaryOperator.SHIFT_RIGHT, builder.read(rest), Constant.of((long) width));
            emit.branch(Comparison.EQUAL, upper, Emit.ZERO, next, larger);
            emit.continueIn(larger);
            builder.write(rest, upper);
            builder.write(bit, emit.plus(builder.read(bit), width));
            emit.jump(next);
            emit.continueIn(next);
        }
        Value result = emit.add(new Operation.Extend(Int.I32, false, builder.read(bit), Int.I32));
        builder.end(new Terminator.Return(Optional.of(result), Position.NONE));
        builder.finish();
        return function;
    }
}

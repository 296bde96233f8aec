package dev.skep.compiler.java;

import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a function of a lambda expression, and has a helper call it. */
final class CallbackTranslation {
    /** A parameter that the helper gives. @param type in BTF */
    record Parameter(String name, CType type, Type valueType) {}

    /** What the lambda expression is called with, of the parameters that its function has. */
    @FunctionalInterface
    interface Arguments {
        List<Operand> of(List<BlockParameter> parameters);
    }

    private final Call call;
    private final Operand.Closure closure;
    private final Function function;
    private final Emitter emitter;
    private final Captures captures;

    private CallbackTranslation(Call call, Operand.Closure closure, List<Parameter> parameters, boolean hasContext) {
        this.call = call;
        this.closure = closure;
        Position here = call.emitter().builder().position();
        this.function = call.unit()
                .callbacks()
                .add(
                        closure.callee().isConstructor()
                                ? "new"
                                : closure.callee().name(),
                        parameters.stream()
                                .map(p -> new CType.Parameter(p.name(), p.type()))
                                .toList(),
                        here);
        FunctionBuilder builder = Programs.builder(function);
        parameters.forEach(p -> function.entry().addParameter(p.name(), p.valueType()));
        Captures[] shared = new Captures[1];
        Emitter.Abort abort =
                hasContext ? (block, position) -> shared[0].abort(block, position) : Emitter.returning(Constant.of(0));
        this.emitter = new Emitter(builder, abort, call.emitter().kernelAccess());
        shared[0] = new Captures(emitter, function.parameters().getLast());
        this.captures = shared[0];
    }

    /**
     * Calls a helper that calls back before it returns.
     *
     * @param parameters the callback's, without the last one, which is where its captured values are
     * @param before the helper's arguments that come before the function
     * @return what the helper returns, 64 bits
     */
    static Value callBack(
            Call call,
            HelperId helper,
            List<Value> before,
            Operand.Closure closure,
            List<Parameter> parameters,
            Arguments arguments) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(CallbackParameters.CONTEXT);
        CallbackTranslation callback = new CallbackTranslation(call, closure, all, true);
        callback.translate(arguments);
        Emitter caller = call.emitter();
        Value shared = callback.captures.address(caller);
        List<Value> values = new ArrayList<>(before);
        values.add(caller.add(new Operation.FunctionAddress(callback.function)));
        values.add(shared);
        values.add(CallbackParameters.NO_FLAGS);
        Value result = caller.call(helper, values);
        callback.captures.endIfAborted(caller, shared);
        return result;
    }

    /**
     * The address of a function that is called later, when nothing that could be captured is there any more.
     *
     * @throws Refusal if the lambda expression captures something all the same
     */
    static Value address(Call call, Operand.Closure closure, List<Parameter> parameters, Arguments arguments) {
        CallbackTranslation callback = new CallbackTranslation(call, closure, parameters, false);
        callback.translate(arguments);
        if (!callback.captures.isEmpty()) {
            throw new Refusal(
                    "a lambda expression that captures a variable",
                    "it runs later, when the method that has the variable is over",
                    "put what it needs into the map's value, or a static field");
        }
        return call.emitter().add(new Operation.FunctionAddress(callback.function));
    }

    private void translate(Arguments arguments) {
        List<Operand> all = new ArrayList<>(
                closure.captured().stream().map(captures::inCallback).toList());
        all.addAll(arguments.of(function.parameters()));
        Machine machine = Machine.empty(emitter, 0);
        Optional<Operand> result = call.translation().within(emitter).call(closure, all, machine);
        new Exit.OfCallback().leave(emitter, machine, result);
        emitter.finish(call.unit().findings());
    }
}

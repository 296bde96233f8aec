package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.KernelVersion;
import dev.skep.object.program.HelperId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.Log}. */
final class LogIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method("dev/skep/lang/Log", "printf", "(Ljava/lang/String;[Ljava/lang/Object;)V"),
            LogIntrinsics::printf);

    /** How many numbers {@code bpf_trace_printk} takes beside the format. */
    private static final int DIRECT = 3;

    /** The first with {@code bpf_trace_vprintk}. */
    private static final KernelVersion MORE_SINCE = new KernelVersion(5, 16);

    private LogIntrinsics() {}

    private static Optional<Operand> printf(Call call) {
        if (call.argument(0) instanceof Operand.Unknown) {
            throw new AlreadyRefused();
        }
        if (!(call.argument(0) instanceof Operand.Text(String format))) {
            throw new Refusal("printf", "the format is not a literal", "write the text at the call");
        }
        if (!(call.argument(1) instanceof Operand.Arguments(List<Operand> elements))) {
            throw new Refusal("printf", "the arguments are in an array", "write them at the call");
        }
        PrintFormat.check(format, elements);
        if (elements.size() > DIRECT && call.unit().target().kernel().compareTo(MORE_SINCE) < 0) {
            throw new Refusal(
                    "printf with " + elements.size() + " arguments",
                    "kernels before " + MORE_SINCE + " take " + DIRECT + ", and the program is compiled for "
                            + call.unit().target().kernel(),
                    "call it twice, or compile for a newer kernel (--kernel)");
        }
        Emitter emitter = call.emitter();
        List<Value> numbers =
                elements.stream().map(element -> number(call, element)).toList();
        List<Value> arguments = new ArrayList<>();
        arguments.add(emitter.add(call.unit().globals().text(format)));
        arguments.add(Constant.of(format.getBytes(StandardCharsets.UTF_8).length + 1L));
        HelperId helper = HelperId.TRACE_PRINTK;
        if (numbers.size() <= DIRECT) {
            arguments.addAll(numbers);
        } else {
            helper = HelperId.TRACE_VPRINTK;
            arguments.add(array(emitter, numbers));
            arguments.add(Constant.of(8L * numbers.size()));
        }
        emitter.add(new Operation.CallHelper(helper, arguments, Type.Nothing.VOID));
        return Optional.empty();
    }

    /** Numbers in a row on the stack. */
    static Value array(Emitter emitter, List<Value> numbers) {
        Value address = emitter.slot("arguments", 8 * numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            emitter.add(new Operation.Store(address, 8 * i, Int.I64, numbers.get(i), Optional.empty()));
        }
        return address;
    }

    /** Something to be printed, as the kernel takes it. */
    static Value number(Call call, Operand operand) {
        return switch (operand) {
            case Operand.Boxed(Value value, FieldType.Number type) ->
                call.emitter().widen(value);
            case Operand.BoxInMap(Value pointer, FieldType.Number type) ->
                call.emitter().widen(call.emitter().load(pointer, 0, type));
            case Operand.Text(String text) ->
                call.emitter().add(call.unit().globals().text(text));
            case Operand.TextInBytes(Operand.Array bytes) -> bytes.pointer();
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        "printf",
                        "only numbers and text can be printed",
                        "print the fields one by one, bytes by Text.of");
        };
    }
}

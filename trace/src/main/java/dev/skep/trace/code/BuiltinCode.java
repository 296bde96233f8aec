package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.ProbeKind;
import dev.skep.trace.check.Structures;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.Registers;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes code of builtins: {@code pid}, {@code comm}, {@code arg0}. */
final class BuiltinCode {
    /** {@code BPF_F_USER_STACK} of linux/bpf.h. */
    private static final long USER_STACK = 1 << 8;

    private static final int TASK_NAME = 16;

    private final Program program;
    private final Emit emit;
    private final Registers registers;
    private final Once numbers;

    BuiltinCode(Program program) {
        this.program = program;
        this.emit = program.emit();
        this.numbers = new Once(emit);
        this.registers = Registers.of(program.unit().system().machine().architecture());
    }

    Operand value(Expression expression, String name) {
        return switch (name) {
            case "comm" -> comm();
            case "probe" -> probe(expression);
            case "probetype" ->
                new Operand.Literal(program.typed().attachment().kind().typeText());
            case "args" -> new Operand.Memory(program.context(), 0, Operand.Reach.DIRECT);
            case "func" -> function(expression);
            case "kstack", "ustack" -> stack((TraceType.Stack) program.type(expression));
            default -> special(expression, name);
        };
    }

    /** What is another thing in some kinds of probes. */
    private Operand special(Expression expression, String name) {
        if (name.equals("ctx") && program.type(expression) instanceof TraceType.Structure) {
            return new Operand.Memory(program.context(), 0, Operand.Reach.DIRECT);
        }
        if (name.equals("retval") && program.typed().attachment().target() instanceof ProbeTarget.Fentry fentry) {
            return result(expression, fentry);
        }
        return new Operand.Scalar(number(expression, name));
    }

    private Value number(Expression expression, String name) {
        return switch (name) {
            case "pid" -> emit.binary(BinaryOperator.SHIFT_RIGHT, task(), Constant.of(32L));
            case "tid" ->
                runsInTracer()
                        ? emit.binary(BinaryOperator.SHIFT_RIGHT, task(), Constant.of(32L))
                        : emit.extend(task(), 4, false);
            case "uid", "username" -> emit.extend(emit.call(HelperId.GET_CURRENT_UID_GID), 4, false);
            case "gid" ->
                emit.binary(BinaryOperator.SHIFT_RIGHT, emit.call(HelperId.GET_CURRENT_UID_GID), Constant.of(32L));
            case "nsecs" -> emit.call(HelperId.KTIME_GET_BOOT_NS);
            case "elapsed" -> elapsed();
            case "cpu" -> emit.call(HelperId.GET_SMP_PROCESSOR_ID);
            case "numaid" -> emit.extend(emit.call(HelperId.GET_NUMA_NODE_ID), 4, false);
            case "rand" -> emit.extend(emit.call(HelperId.GET_PRANDOM_U32), 4, false);
            case "cgroup" -> emit.call(HelperId.GET_CURRENT_CGROUP_ID);
            case "jiffies" -> emit.call(HelperId.JIFFIES64);
            case "curtask" -> emit.call(HelperId.GET_CURRENT_TASK);
            case "ncpus" -> cpus(expression);
            case "ctx" -> emit.number(program.context());
            case "retval" -> register(registers.result());
            case "usermode" -> usermode();
            default -> argument(expression, name);
        };
    }

    /** Then it is one of the JVM's threads, which one means nothing: the tracer is taken for one that has a single thread. */
    private boolean runsInTracer() {
        return switch (program.typed().attachment().target()) {
            case ProbeTarget.Begin _,
                    ProbeTarget.End _,
                    ProbeTarget.Test _,
                    ProbeTarget.Bench _,
                    ProbeTarget.SelfSignal _ -> true;
            default -> false;
        };
    }

    private Value cpus(Expression expression) {
        if (program.unit().isPortable()) {
            throw new Unsupported(expression.span(), "how many CPUs there are is known only where the script is run");
        }
        return Constant.of((long) program.unit().system().machine().possibleCpus());
    }

    /** What a function returned is behind its arguments. */
    private Operand result(Expression expression, ProbeTarget.Fentry fentry) {
        Structures structures = program.unit().script().structures();
        Structures.Member member = structures.result(fentry).orElseThrow(() -> new Unsupported(expression.span()));
        return program.storage()
                .read(member.type(), new Operand.Memory(program.context(), member.offset(), Operand.Reach.DIRECT));
    }

    private Value task() {
        return numbers.get(() -> task(program.unit(), emit));
    }

    /** The process in the upper half, the thread in the lower, by their numbers where the tracer is. */
    static Value task(Unit unit, Emit emit) {
        return (unit.isPortable()
                        ? Optional.<Machine.PidNamespace>empty()
                        : unit.system().machine().pidNamespace())
                .map(namespace -> numbers(emit, namespace))
                .orElseGet(() -> emit.call(HelperId.GET_CURRENT_PID_TGID));
    }

    /** {@code struct bpf_pidns_info}: the thread, the process; zeros for those outside. */
    private static Value numbers(Emit emit, Machine.PidNamespace namespace) {
        Value place = emit.slot("numbers", 8);
        emit.run(
                HelperId.GET_NS_CURRENT_PID_TGID,
                Constant.of(namespace.device()),
                Constant.of(namespace.inode()),
                place,
                Constant.of(8L));
        return emit.load(place, 0, 8, false);
    }

    private Value elapsed() {
        Value start = emit.load(program.unit().globals().start(emit), 0, 8, false);
        return emit.binary(BinaryOperator.SUBTRACT, emit.call(HelperId.KTIME_GET_BOOT_NS), start);
    }

    /** Bit 1 of the code segment, the 18th register of x86_64. */
    private Value usermode() {
        return switch (program.typed().attachment().kind()) {
            case BEGIN, END, SELF, TEST, BENCH -> Emit.ONE; // it is the tracer that runs
            default ->
                emit.binary(
                        BinaryOperator.AND,
                        emit.binary(BinaryOperator.SHIFT_RIGHT, register(136), Constant.of(1L)),
                        Emit.ONE);
        };
    }

    /** A register of the probed code. */
    Value register(int offset) {
        return emit.load(program.context(), offset, 8, false);
    }

    /** The address of the instruction that a probe on a function is at. */
    Value instruction() {
        return register(registers.instruction());
    }

    Registers registers() {
        return registers;
    }

    private Value argument(Expression expression, String name) {
        boolean numbered = name.startsWith("arg") && name.length() > 3 && Character.isDigit(name.charAt(3));
        if (!numbered) {
            throw new Unsupported(expression.span());
        }
        int index = Integer.parseInt(name.substring(3));
        if (program.typed().attachment().kind() == ProbeKind.RAW_TRACEPOINT) {
            return register(8 * index);
        }
        if (program.typed().attachment().target() instanceof ProbeTarget.Usdt usdt) {
            return new UsdtCode(program).argument(usdt, index, expression.span());
        }
        if (index >= registers.arguments().length) {
            throw new Unsupported(
                    expression.span(),
                    name + " is not in a register here, only the first " + registers.arguments().length + " are");
        }
        return register(registers.arguments()[index]);
    }

    private Operand comm() {
        Value name = emit.slot("comm", TASK_NAME);
        OptionalInt offset = new TypedPointers(program).taskName(TASK_NAME);
        if (offset.isPresent()) {
            Value task = emit.pointer(HelperId.GET_CURRENT_TASK_BTF, Pointer.to(Pointer.Provenance.KERNEL));
            Operand.Memory there = new Operand.Memory(task, offset.getAsInt(), Operand.Reach.DIRECT);
            program.storage().bytes(there, name, 0, TASK_NAME);
            return new Operand.Memory(name, 0, Operand.Reach.DIRECT, true);
        }
        emit.run(HelperId.GET_CURRENT_COMM, name, Constant.of((long) TASK_NAME)); // which fills what is left with zeros
        return new Operand.Memory(name, 0, Operand.Reach.DIRECT, true);
    }

    private Operand function(Expression expression) {
        if (program.typed().attachment().target() instanceof ProbeTarget.Fentry fentry) {
            return new Operand.Literal(fentry.function());
        }
        Value address =
                isElsewhere() ? emit.call(HelperId.GET_FUNC_IP, program.context()) : register(registers.instruction());
        return program.type(expression) instanceof TraceType.Symbol(AddressSpace space) && space == AddressSpace.USER
                ? userSymbol(address)
                : new Operand.Scalar(address);
    }

    /** Whether the function is not where the processor is: when it returns, or where the kernel stops without a trap. */
    private boolean isElsewhere() {
        return switch (program.typed().attachment().target()) {
            case ProbeTarget.Kprobe kprobe ->
                kprobe.isReturn() || kprobe.functions().size() > 1;
            // Kernels that have the one have the other (Linux 6.6).
            case ProbeTarget.Uprobe uprobe ->
                uprobe.symbols().size() > 1
                        || (uprobe.isReturn()
                                && program.unit().system().binaries().areAttachedTogether());
            default -> false;
        };
    }

    /** The probe's name; of several the one whose number the kernel has kept as the cookie. */
    private Operand probe(Expression expression) {
        List<String> names = program.typed().attachment().names();
        if (names.size() == 1) {
            return new Operand.Literal(names.getFirst());
        }
        int size = program.type(expression).size();
        Value table = program.unit().globals().names(emit, names, size);
        Value number = emit.call(HelperId.GET_ATTACH_COOKIE, program.context());
        Value known =
                emit.choose(Comparison.LESS, number, Constant.of((long) names.size()), () -> number, () -> Emit.ZERO);
        Value distance = emit.binary(BinaryOperator.MULTIPLY, known, Constant.of((long) size));
        return new Operand.Memory(emit.offset(table, distance), 0, Operand.Reach.DIRECT);
    }

    /** An address of a process, with the process it is of. */
    Operand userSymbol(Value address) {
        Value process = emit.binary(BinaryOperator.SHIFT_RIGHT, task(), Constant.of(32L));
        return new Operand.Fields(
                List.of(new Operand.Field(0, Int.I64, address), new Operand.Field(8, Int.I64, process)));
    }

    /** How many frames a stack has that would be taken here. */
    Operand frames(TraceType.Stack stack) {
        int bytes = stack.limit() * Long.BYTES;
        Value filled = emit.call(
                HelperId.GET_STACK,
                program.context(),
                program.memory("frames", bytes),
                Constant.of((long) bytes),
                Constant.of(stack.space() == AddressSpace.USER ? USER_STACK : 0L));
        return new Operand.Scalar(emit.choose(
                Comparison.SIGNED_LESS,
                filled,
                Emit.ZERO,
                () -> Emit.ZERO,
                () -> emit.binary(BinaryOperator.SHIFT_RIGHT, filled, Constant.of(3L))));
    }

    /** A call stack, kept in its map. */
    Operand stack(TraceType.Stack stack) {
        boolean ofProcess = stack.space() == AddressSpace.USER;
        Value slot = emit.call(
                HelperId.GET_STACKID,
                program.context(),
                emit.map(program.unit().stacks(stack)),
                Constant.of(ofProcess ? USER_STACK : 0L));
        List<Operand.Field> fields = new ArrayList<>();
        fields.add(new Operand.Field(0, Int.I32, slot));
        if (ofProcess) {
            Value task = task();
            Value process = emit.binary(BinaryOperator.SHIFT_RIGHT, task, Constant.of(32L));
            fields.add(new Operand.Field(4, Int.I32, process));
            fields.add(new Operand.Field(8, Int.I64, emit.extend(task, 4, false)));
        } else {
            fields.add(new Operand.Field(4, Int.I32, Emit.ZERO));
            fields.add(new Operand.Field(8, Int.I64, Emit.ZERO));
        }
        return new Operand.Fields(fields);
    }
}

package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.RecordLayout;
import dev.skep.trace.plan.RecordedHelpers;
import dev.skep.trace.plan.RecordedHelpers.Filled;
import java.util.List;
import java.util.Optional;

/**
 * Has a program record what it sees, in the layout of {@link RecordLayout}: its context and its task when it starts, then whatever
 * helpers tell it. A record without room is counted.
 */
final class Capture {
    private final Unit unit;
    private final Emit emit;
    private final Value sequence;

    private Capture(Unit unit, Emit emit, Value sequence) {
        this.unit = unit;
        this.emit = emit;
        this.sequence = sequence;
    }

    /** Records that a program starts. */
    static Capture begin(Unit unit, Emit emit, int program, Value context, Contexts recorded) {
        int contextBytes = recorded.bytes();
        Value sequence = emit.add(new Operation.Atomic(
                Operation.AtomicOperator.ADD, unit.globals().sequence(emit), 0, Emit.ONE, true));
        Capture capture = new Capture(unit, emit, sequence);
        capture.record(RecordLayout.EVENT, RecordLayout.CONTEXT + contextBytes, room -> {
            emit.store(room, RecordLayout.PROGRAM, 8, Constant.of((long) program));
            capture.storeCall(room, RecordLayout.TIME, HelperId.KTIME_GET_BOOT_NS);
            capture.storeCall(room, RecordLayout.PROCESS, HelperId.GET_CURRENT_PID_TGID);
            capture.storeCall(room, RecordLayout.OWNER, HelperId.GET_CURRENT_UID_GID);
            capture.storeCall(room, RecordLayout.GROUP, HelperId.GET_CURRENT_CGROUP_ID);
            capture.storeCall(room, RecordLayout.TASK, HelperId.GET_CURRENT_TASK);
            capture.storeCall(room, RecordLayout.CPU, HelperId.GET_SMP_PROCESSOR_ID);
            emit.store(room, RecordLayout.CONTEXT_ADDRESS, 8, emit.number(context));
            capture.run(HelperId.GET_CURRENT_COMM, emit.offset(room, RecordLayout.COMM), Constant.of((long)
                    RecordLayout.COMM_BYTES));
            if (recorded.isView()) {
                for (int at = 0; at < contextBytes; at += 8) {
                    emit.store(room, RecordLayout.CONTEXT + at, 8, emit.load(context, at, 8, false));
                }
            } else if (contextBytes > 0) {
                capture.copy(emit.offset(room, RecordLayout.CONTEXT), Constant.of((long) contextBytes), context);
            }
        });
        return capture;
    }

    /** Records what a helper did, if that is worth it. */
    void called(HelperId helper, Value[] arguments, Value result) {
        Optional<Filled> filled = RecordedHelpers.filled(helper);
        if (filled.isPresent()) {
            read(helper, filled.get(), arguments, result);
        } else if (helper == HelperId.GET_STACKID) {
            stack(arguments, result);
        } else if (!RecordedHelpers.isKnown(helper)) {
            record(RecordLayout.CALL, RecordLayout.CALL_BYTES, room -> {
                emit.store(room, RecordLayout.HELPER, 8, Constant.of((long) helper.number()));
                emit.store(room, RecordLayout.RESULT, 8, result);
            });
        }
    }

    /** Records that the script ends itself here. */
    void exits() {
        record(RecordLayout.EXIT, RecordLayout.HEADER_BYTES, _ -> {});
    }

    private void read(HelperId helper, Filled filled, Value[] arguments, Value result) {
        Value source = arguments[filled.source()];
        if (source.type() instanceof Pointer && helper != HelperId.D_PATH) {
            return; // the program's own memory, or its context, which is recorded
        }
        Value size = arguments[filled.size()];
        long most = size instanceof Constant constant
                ? constant.value()
                : unit.script().settings().maxStringLength();
        int bytes = (int) (RecordLayout.CONTENT + most + 7) & -8;
        record(RecordLayout.READ, bytes, room -> {
            emit.store(room, RecordLayout.HELPER, 8, Constant.of((long) helper.number()));
            emit.store(room, RecordLayout.RESULT, 8, result);
            emit.store(room, RecordLayout.ADDRESS, 8, emit.number(source));
            emit.store(room, RecordLayout.LENGTH, 8, size);
            copy(emit.offset(room, RecordLayout.CONTENT), size, arguments[filled.output()]);
        });
    }

    private void stack(Value[] arguments, Value result) {
        int map = arguments[1] instanceof Instruction instruction
                        && instruction.operation() instanceof Operation.MapAddress(String name)
                ? unit.stackMaps().indexOf(name)
                : -1;
        record(RecordLayout.STACK, RecordLayout.STACK_BYTES, room -> {
            emit.store(room, RecordLayout.MAP, 8, Constant.of((long) map));
            emit.store(room, RecordLayout.RESULT, 8, result);
            emit.store(room, RecordLayout.FLAGS, 8, arguments[2]);
            storeCall(room, RecordLayout.STACK_PROCESS, HelperId.GET_CURRENT_PID_TGID);
        });
    }

    private interface Content {
        void write(Value room);
    }

    private void record(long kind, int bytes, Content content) {
        Value room = emit.add(new Operation.CallHelper(
                HelperId.RINGBUF_RESERVE,
                List.of(emit.map(RecordLayout.RING), Constant.of((long) bytes), Emit.ZERO),
                Pointer.nullable(Pointer.Provenance.MEMORY)));
        Block lost = emit.newBlock("unrecorded");
        Block there = emit.newBlock("record");
        Block end = emit.newBlock("recorded");
        emit.branchIfNull(room, lost, there);
        emit.continueIn(lost);
        emit.add(new Operation.Atomic(
                Operation.AtomicOperator.ADD, unit.globals().unrecorded(emit), 0, Emit.ONE, false));
        emit.jump(end);
        emit.continueIn(there);
        emit.store(room, RecordLayout.KIND, 8, Constant.of(kind));
        emit.store(room, RecordLayout.SEQUENCE, 8, sequence);
        content.write(room);
        run(HelperId.RINGBUF_SUBMIT, room, Emit.ZERO);
        emit.jump(end);
        emit.continueIn(end);
    }

    private void storeCall(Value room, int offset, HelperId helper) {
        emit.store(room, offset, 8, emit.add(new Operation.CallHelper(helper, List.of(), Int.I64)));
    }

    private void copy(Value to, Value size, Value from) {
        run(HelperId.PROBE_READ_KERNEL, to, size, from);
    }

    private void run(HelperId helper, Value... arguments) {
        emit.add(new Operation.CallHelper(helper, List.of(arguments), Type.Nothing.VOID));
    }
}

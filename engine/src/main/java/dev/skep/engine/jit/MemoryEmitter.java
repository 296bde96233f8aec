package dev.skep.engine.jit;

import dev.skep.engine.direct.WholeMemory;
import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.jit.Operation.Operand;
import dev.skep.engine.memory.Sandbox;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes loads and stores. An address is the sandbox's start, plus a register's lower half, plus the instruction's offset: one
 * machine instruction can do all three. The guards before and behind the sandbox are as large as offsets can be, so whatever a
 * program computes stays inside the reservation.
 *
 * <p>The start is read from the CPU into a variable and bounded there, so that HotSpot can tell that no access leaves the
 * segment of all memory, and drops its check.
 */
final class MemoryEmitter {
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle().withInvokeExactBehavior();
    private static final VarHandle SHORT = littleEndian(ValueLayout.JAVA_SHORT_UNALIGNED);
    private static final VarHandle INT = littleEndian(ValueLayout.JAVA_INT_UNALIGNED);
    private static final VarHandle LONG = littleEndian(ValueLayout.JAVA_LONG_UNALIGNED);

    private static final ClassDesc CPU = ClassDesc.of(LogicalCpu.class.getName());
    private static final ClassDesc VAR_HANDLE = ConstantDescs.CD_VarHandle;
    private static final ClassDesc ATOMIC_ACCESS = ClassDesc.of(AtomicAccess.class.getName());

    private final CodeBuilder code;
    private final Variables variables;
    private final ClassConstants constants;
    private final boolean checked;
    private final int start;

    /** @param start the variable that holds where the sandbox starts */
    MemoryEmitter(CodeBuilder code, Variables variables, ClassConstants constants, boolean checked, int start) {
        this.code = code;
        this.variables = variables;
        this.constants = constants;
        this.checked = checked;
        this.start = start;
    }

    private static VarHandle littleEndian(ValueLayout layout) {
        return layout.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    }

    /** Fills the variable. */
    void loadStart() {
        code.aload(0).invokevirtual(CPU, "reservation", MethodTypeDesc.ofDescriptor("()J"));
        code.loadConstant(WholeMemory.HIGHEST_START)
                .land()
                .loadConstant(Sandbox.GUARD)
                .ladd()
                .lstore(start);
    }

    void load(Operation.Load load, int i, int result, int slot) {
        int base = variables.graph.seen[i][0];
        if (!checked && variables.isUnused(result)) {
            return;
        }
        check(base, load.offset(), load.size(), false, slot);
        pushAccess(load.size(), base, load.offset(), i);
        get(load.size());
        if (load.size() == 8) {
            variables.storeLong(result);
        } else if (load.signed()) {
            code.i2l();
            variables.storeLong(result);
        } else {
            zeroExtend(load.size());
            variables.storeInt(result);
        }
    }

    private void zeroExtend(int size) {
        if (size < 4) {
            code.loadConstant(size == 1 ? 0xff : 0xffff).iand();
        }
    }

    /** Loads an unsigned 32-bit number from the address in a value. @param i the operation that asks for it */
    void loadInt(int base, int i) {
        pushAccess(4, base, 0, i);
        get(4);
    }

    void store(Operation.Store store, int i, int slot) {
        int[] seen = variables.graph.seen[i];
        check(seen[0], store.offset(), store.size(), true, slot);
        pushAccess(store.size(), seen[0], store.offset(), i);
        pushStored(store, seen);
        code.invokevirtual(
                VAR_HANDLE,
                "set",
                MethodTypeDesc.ofDescriptor("(Ljava/lang/foreign/MemorySegment;J" + type(store.size()) + ")V"));
    }

    private void pushStored(Operation.Store store, int[] seen) {
        if (store.size() == 8) {
            switch (store.value()) {
                case Operand.Immediate immediate -> code.loadConstant(immediate.value());
                case Operand.Register ignored -> variables.pushLong(seen[1]);
            }
            return;
        }
        switch (store.value()) {
            case Operand.Immediate immediate -> code.loadConstant((int) immediate.value());
            case Operand.Register ignored -> variables.pushInt(seen[1]);
        }
        if (store.size() == 1) {
            code.i2b();
        } else if (store.size() == 2) {
            code.i2s();
        }
    }

    /** Pushes the handle for an access, the memory, and where in it. @param user the operation that accesses */
    private void pushAccess(int size, int base, int offset, int user) {
        VarHandle handle = switch (size) {
            case 1 -> BYTE;
            case 2 -> SHORT;
            case 4 -> INT;
            default -> LONG;
        };
        code.ldc(constants.of(handle, VarHandle.class));
        code.ldc(constants.of(WholeMemory.SEGMENT, MemorySegment.class));
        code.lload(start);
        pushPlace(base, user);
        code.ladd();
        if (offset != 0) {
            code.loadConstant((long) offset).ladd();
        }
    }

    /**
     * Adds the lower half of an address to what is on the stack. The sum of two numbers of 32 bits is added one by one: it can only
     * be larger than the sandbox if the program is wrong, and then it is in the guard. So what does not change in a loop is added
     * outside of it.
     */
    private void pushPlace(int base, int user) {
        int i = variables.graph.operationOf(base);
        boolean sum = i >= 0
                && !variables.facts.isConstant(base)
                && variables.graph.region.operations[i] instanceof Operation.Arithmetic arithmetic
                && arithmetic.wide()
                && arithmetic.operator() == Operation.Binary.ADD
                && arithmetic.operand() instanceof Operand.Register
                && holdOperands(i, user)
                && variables.facts.isNarrow(variables.graph.seen[i][0])
                && variables.facts.isNarrow(variables.graph.seen[i][1]);
        if (sum) {
            variables.pushZeroExtended(variables.graph.seen[i][0]);
            code.ladd();
            variables.pushZeroExtended(variables.graph.seen[i][1]);
        } else {
            variables.pushZeroExtended(base);
        }
    }

    /** True if the variables of an operation's operands still hold them when {@code user} is executed. */
    private boolean holdOperands(int i, int user) {
        int[] operands = variables.graph.seen[i];
        if (variables.graph.region.blockOf(i) != variables.graph.region.blockOf(user)) {
            return false;
        }
        for (int between = i; between < user; between++) {
            int result = variables.graph.result(between);
            if (variables.shares(result, operands[0]) || variables.shares(result, operands[1])) {
                return false;
            }
        }
        return true;
    }

    private void get(int size) {
        code.invokevirtual(
                VAR_HANDLE, "get", MethodTypeDesc.ofDescriptor("(Ljava/lang/foreign/MemorySegment;J)" + type(size)));
    }

    /** The descriptor of the JVM's type of so many bytes. */
    private static String type(int size) {
        return switch (size) {
            case 1 -> "B";
            case 2 -> "S";
            case 4 -> "I";
            default -> "J";
        };
    }

    /** In checked mode: has the access judged first. */
    private void check(int base, int offset, int size, boolean write, int slot) {
        if (checked) {
            code.aload(0);
            pushAddress(base, offset);
            code.loadConstant(size).loadConstant(write ? 1 : 0).loadConstant(slot);
            code.invokevirtual(CPU, "requireAccess", MethodTypeDesc.ofDescriptor("(JIZI)V"));
        }
    }

    private void pushAddress(int base, int offset) {
        variables.pushLong(base);
        code.loadConstant((long) offset).ladd();
    }

    void atomic(Operation.Atomic atomic, int[] seen, int result, int slot) {
        boolean loads = atomic.kind() == Operation.AtomicKind.LOAD_ACQUIRE;
        check(seen[0], atomic.offset(), atomic.size(), !loads, slot);
        code.aload(0);
        pushAddress(seen[0], atomic.offset());
        if (loads) {
            code.lconst_0();
        } else {
            variables.pushLong(seen[1]);
        }
        if (atomic.kind() == Operation.AtomicKind.COMPARE_EXCHANGE) {
            variables.pushLong(seen[2]);
        } else {
            code.lconst_0();
        }
        code.loadConstant(atomic.size()).loadConstant(slot);
        code.invokestatic(
                ATOMIC_ACCESS,
                AtomicAccess.method(atomic.kind()),
                MethodTypeDesc.of(
                        ConstantDescs.CD_long,
                        CPU,
                        ConstantDescs.CD_long,
                        ConstantDescs.CD_long,
                        ConstantDescs.CD_long,
                        ConstantDescs.CD_int,
                        ConstantDescs.CD_int));
        if (atomic.fetches()) {
            variables.storeLong(result);
        } else {
            code.pop2();
        }
    }
}

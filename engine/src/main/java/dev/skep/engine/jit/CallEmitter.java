package dev.skep.engine.jit;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.map.ElementLookup;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.RecordSender;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Writes calls: of helpers, of functions of the program, of other programs. */
final class CallEmitter {
    private static final ClassDesc CPU = ClassDesc.of(LogicalCpu.class.getName());
    private static final ClassDesc CODE = ClassDesc.of(Code.class.getName());
    private static final ClassDesc HELPER = ClassDesc.of(Helper.class.getName());
    private static final ClassDesc MAP = ClassDesc.of(EngineMap.class.getName());
    private static final ClassDesc LOOKUP = ClassDesc.of(ElementLookup.class.getName());
    private static final ClassDesc RING = ClassDesc.of(RecordSender.class.getName());
    private static final ClassDesc PROGRAM = ClassDesc.of(CompiledProgram.class.getName());
    private static final MethodTypeDesc HELPER_CALL =
            MethodTypeDesc.ofDescriptor("(Ldev/skep/engine/Execution;JJJJJ)J");
    private static final MethodTypeDesc CALL_ON =
            MethodTypeDesc.ofDescriptor("(ILdev/skep/engine/interpreter/LogicalCpu;JJJJJJ)J");

    private final CodeBuilder code;
    private final Variables variables;
    private final ClassConstants constants;
    private final MemoryEmitter memory;
    private final Meter meter;
    private final boolean checked;
    private final int frame;
    private final CompiledProgram program;

    /** @param frame the variable that holds r10 */
    CallEmitter(
            CodeBuilder code,
            Variables variables,
            ClassConstants constants,
            MemoryEmitter memory,
            Meter meter,
            boolean checked,
            int frame,
            CompiledProgram program) {
        this.code = code;
        this.variables = variables;
        this.constants = constants;
        this.memory = memory;
        this.meter = meter;
        this.checked = checked;
        this.frame = frame;
        this.program = program;
    }

    private void pushArguments(int[] seen, int count) {
        for (int use = 0; use < count; use++) {
            variables.pushLong(seen[use]);
        }
    }

    /** Notes on the CPU where the program is: for messages, and for what may call back. */
    private void leave(int slot, boolean calledBack) {
        code.aload(0).loadConstant(slot);
        if (calledBack) {
            meter.push();
            code.lload(frame);
            code.invokevirtual(CPU, "leaves", MethodTypeDesc.ofDescriptor("(IJJ)V"));
        } else {
            code.invokevirtual(CPU, "at", MethodTypeDesc.ofDescriptor("(I)V"));
        }
    }

    void helper(Binding binding, int i, int result, int slot) {
        int[] seen = variables.graph.seen[i];
        switch (binding) {
            case Binding.ArrayLookup lookup -> arrayLookup(lookup, i, result);
            case Binding.Any any -> any(any, seen, result, slot);
            case Binding.DirectLookup lookup -> {
                code.ldc(constants.of(lookup.lookup(), ElementLookup.class));
                variables.pushLong(seen[1]);
                pushCpuNumber();
                code.invokeinterface(LOOKUP, "find", MethodTypeDesc.ofDescriptor("(JI)J"));
                storeAddress(result);
            }
            case Binding.Lookup lookup ->
                onMap(lookup.map(), "lookupElement", "(JI)J", slot, result, () -> {
                    variables.pushLong(seen[1]);
                    pushCpuNumber();
                });
            case Binding.Update update ->
                onMap(update.map(), "updateElement", "(JJJI)J", slot, result, () -> {
                    variables.pushLong(seen[1]);
                    variables.pushLong(seen[2]);
                    variables.pushLong(seen[3]);
                    pushCpuNumber();
                });
            case Binding.Delete delete ->
                onMap(delete.map(), "deleteElement", "(JI)J", slot, result, () -> {
                    variables.pushLong(seen[1]);
                    pushCpuNumber();
                });
            case Binding.Reserve reserve -> onRing(reserve.ring(), "reserve", "(JJ)J", result, seen[1], seen[2]);
            case Binding.Finish finish -> {
                onRing(finish.ring(), finish.discard() ? "discard" : "submit", "(JJ)V", result, seen[0], seen[1]);
                code.lconst_0();
                variables.storeLong(result);
            }
            case Binding.Output output -> {
                leave(slot, false);
                onRing(output.ring(), "output", "(JJJ)J", result, seen[1], seen[2], seen[3]);
            }
        }
    }

    private void onMap(EngineMap map, String method, String type, int slot, int result, Runnable arguments) {
        leave(slot, false);
        code.ldc(constants.of(map, EngineMap.class));
        arguments.run();
        code.invokevirtual(MAP, method, MethodTypeDesc.ofDescriptor(type));
        storeResult(result);
    }

    /** Calls a ring buffer. What it returns, if anything, is stored. */
    private void onRing(RecordSender ring, String method, String type, int result, int... arguments) {
        code.ldc(constants.of(ring, RecordSender.class));
        for (int argument : arguments) {
            variables.pushLong(argument);
        }
        MethodTypeDesc descriptor = MethodTypeDesc.ofDescriptor(type);
        code.invokeinterface(RING, method, descriptor);
        if (!descriptor.returnType().equals(ConstantDescs.CD_void)) {
            variables.storeLong(result);
        }
    }

    /** Stores what a helper returned. If that should be an address it is made one, also if a program has spoilt a map's links. */
    private void storeResult(int result) {
        if (variables.facts.isNarrow(result)) {
            storeAddress(result);
        } else {
            variables.storeLong(result);
        }
    }

    private void storeAddress(int result) {
        code.l2i();
        variables.storeInt(result);
    }

    private void pushCpuNumber() {
        code.aload(0).invokevirtual(CPU, "cpu", MethodTypeDesc.ofDescriptor("()I"));
    }

    /** The value's address if the index is below the number of entries, else 0. */
    private void arrayLookup(Binding.ArrayLookup lookup, int i, int result) {
        int index = code.allocateLocal(TypeKind.INT);
        Label absent = code.newLabel();
        Label done = code.newLabel();
        memory.loadInt(variables.graph.seen[i][1], i);
        code.istore(index);
        code.iload(index).loadConstant(lookup.elements().entries());
        code.invokestatic(ClassDesc.of("java.lang.Integer"), "compareUnsigned", MethodTypeDesc.ofDescriptor("(II)I"));
        code.ifge(absent);
        code.iload(index);
        variables.widen();
        code.loadConstant((long) lookup.elements().stride()).lmul();
        code.loadConstant(lookup.elements().base()).ladd();
        code.goto_(done);
        code.labelBinding(absent).lconst_0();
        code.labelBinding(done);
        variables.storeLong(result);
    }

    private void any(Binding.Any any, int[] seen, int result, int slot) {
        leave(slot, any.calledBack());
        code.ldc(constants.of(any.helper(), Helper.class));
        code.aload(0);
        pushArguments(seen, any.arity());
        for (int unused = any.arity(); unused < Operation.ARGUMENTS.length; unused++) {
            code.lconst_0();
        }
        code.invokeinterface(HELPER, "call", HELPER_CALL);
        storeResult(result);
        if (any.calledBack()) {
            meter.reload();
        }
    }

    /** Calls a function of the program, in this class or another. */
    void function(Functions.Target target, int[] seen, int result, int slot) {
        if (target.metered()) {
            meter.save();
        }
        if (!target.isLocal()) {
            code.ldc(constants.of(program, CompiledProgram.class)).loadConstant(target.number());
        }
        code.aload(0);
        pushArguments(seen, 5);
        code.aload(0).lload(frame).loadConstant(slot);
        code.invokevirtual(CPU, "enterFrame", MethodTypeDesc.ofDescriptor("(JI)J"));
        if (target.isLocal()) {
            code.invokestatic(target.owner(), target.method(), Functions.TYPE);
        } else {
            code.invokevirtual(PROGRAM, "call", CALL_ON);
        }
        variables.storeLong(result);
        if (checked) {
            code.aload(0).invokevirtual(CPU, "leaveFrame", MethodTypeDesc.ofDescriptor("()V"));
        }
        if (target.metered()) {
            meter.reload();
        } else {
            meter.charge(target.cost());
        }
    }

    /** {@code callx}. */
    void register(int[] seen, int result, int slot) {
        leave(slot, true);
        code.aload(0);
        variables.pushLong(seen[5]);
        pushArguments(seen, 5);
        code.invokevirtual(CPU, "callRegister", MethodTypeDesc.ofDescriptor("(JJJJJJ)J"));
        variables.storeLong(result);
        meter.reload();
    }

    /** {@code bpf_tail_call}: returns what the other program returns, or goes on if there is none. */
    void tail(int[] seen, int result, int slot, Runnable returnLong) {
        Label none = code.newLabel();
        int next = code.allocateLocal(TypeKind.REFERENCE);
        leave(slot, true);
        code.aload(0);
        variables.pushLong(seen[1]);
        variables.pushLong(seen[2]);
        code.invokevirtual(CPU, "tailCall", MethodTypeDesc.ofDescriptor("(JJ)" + CODE.descriptorString()));
        code.astore(next).aload(next).ifnull(none);
        code.aload(0).aload(next);
        variables.pushLong(seen[0]);
        code.lload(frame);
        code.invokevirtual(CPU, "continueIn", MethodTypeDesc.ofDescriptor("(" + CODE.descriptorString() + "JJ)J"));
        meter.reload();
        returnLong.run();
        code.labelBinding(none);
        variables.pushLong(seen[3]);
        variables.storeLong(result);
    }

    /** {@code LD_ABS}, {@code LD_IND}: the function ends with 0 if the packet is too short. */
    void packetLoad(Operation.PacketLoad load, int[] seen, int result, int slot, Runnable returnLong) {
        Label inside = code.newLabel();
        int loaded = code.allocateLocal(TypeKind.LONG);
        leave(slot, false);
        code.aload(0).loadConstant(load.size()).loadConstant(load.offset());
        if (load.index().isPresent()) {
            variables.pushInt(seen[0]);
            code.iadd();
        }
        code.invokevirtual(CPU, "loadPacket", MethodTypeDesc.ofDescriptor("(II)J"));
        code.lstore(loaded).lload(loaded).lconst_0().lcmp().ifge(inside);
        code.lconst_0();
        returnLong.run();
        code.labelBinding(inside).lload(loaded);
        variables.storeLong(result);
    }
}

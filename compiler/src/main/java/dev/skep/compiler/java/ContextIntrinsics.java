package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of the classes in {@code dev.skep.lang.context}: access to packets, arguments of functions. */
final class ContextIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    /** The largest offset for which the kernel's verifier still keeps track of a pointer ({@code MAX_PACKET_OFF}). */
    private static final int LARGEST_OFFSET = 0xffff;

    private static final String CONTEXTS = "dev/skep/lang/context/";
    private static final String SOCKET = CONTEXTS + "BpfSock";

    /** Where the arguments of a function are on x86-64 (System V ABI). */
    private static final List<String> ARGUMENT_REGISTERS = List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9");

    static {
        for (String packet : List.of("PacketContext", "XdpContext", "SkBuff", "SkMsgContext", "ReuseportContext")) {
            put(packet, "packet", "(ILjava/lang/Class;)Ldev/skep/lang/Struct;", ContextIntrinsics::packet);
            put(packet, "length", "()I", ContextIntrinsics::length);
        }
        for (String owner : List.of("SkBuff", "SockAddr", "SockoptCall", "SkMsgContext", "SockOpsContext")) {
            put(owner, "sk", "()L" + SOCKET + ";", ContextIntrinsics::socket);
        }
        put("TracepointArguments", "argument", "(I)J", call -> argument(call, (int) call.constant(1) * 8));
        put("PtRegs", "argument", "(I)J", call -> argument(call, register(call)));
    }

    private ContextIntrinsics() {}

    private static void put(String owner, String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(CONTEXTS + owner, name, descriptor), intrinsic);
    }

    private static Value field(Call call, String name, Provenance provenance) {
        return field(call, name, Pointer.to(provenance));
    }

    /** A field of the context, whose class is what the program declares, not what a method that it is passed to does. */
    private static Value field(Call call, String name, Pointer type) {
        StructType.Field field =
                call.unit().layouts().of(call.className(0)).field(name).orElseThrow();
        return load(call.emitter(), call.pointer(0), field, type);
    }

    private static Value load(Emitter emitter, Value context, StructType.Field field, Pointer type) {
        return emitter.add(new Operation.Load(
                context, field.offset(), Int.ofBytes(field.type().size()), false, type, Optional.empty()));
    }

    /** The end of the packet of a context; empty if contexts of its class have none. */
    static Optional<Value> packetEnd(UnitContext unit, Emitter emitter, Operand.Reference context) {
        return unit.layouts()
                .of(context.className())
                .field("data_end")
                .map(field -> load(emitter, context.pointer(), field, Pointer.to(Provenance.PACKET_END)));
    }

    private static Optional<Operand> socket(Call call) {
        return Optional.of(new Operand.Reference(field(call, "sk", Pointer.nullable(Provenance.MEMORY)), SOCKET));
    }

    /** Compares with the packet's end, as the verifier wants to see it. */
    private static Optional<Operand> packet(Call call) {
        Emitter emitter = call.emitter();
        String className = call.classLiteral(2);
        int size = call.unit().layouts().of(className).type().size();
        Block absent = emitter.newBlock("absent");
        Block present = emitter.newBlock("present");
        Block join = emitter.newBlock("packet");
        Value offset = checkedOffset(emitter, call.number(1), absent);
        Value start = field(call, "data", Provenance.PACKET);
        Value part = emitter.offset(start, offset);
        Value end = field(call, "data_end", Provenance.PACKET_END);
        emitter.branch(Comparison.GREATER, emitter.offset(part, size), end, absent, present);
        Variable result = new Variable("packet", Pointer.nullable(Provenance.PACKET));
        emitter.continueIn(present);
        emitter.builder().write(result, emitter.add(new Operation.Reinterpret(part, result.type())));
        emitter.jump(join);
        emitter.continueIn(absent);
        emitter.builder().write(result, Constant.nullPointer((Pointer) result.type()));
        emitter.jump(join);
        emitter.continueIn(join);
        return Optional.of(new Operand.Reference(emitter.builder().read(result), className));
    }

    /** The offset as 64 bits; those that are too large, or negative, do not go on here. */
    private static Value checkedOffset(Emitter emitter, Value offset, Block absent) {
        if (offset instanceof Constant constant && constant.value() >= 0 && constant.value() <= LARGEST_OFFSET) {
            return emitter.widen(offset);
        }
        Block bounded = emitter.newBlock("bounded");
        emitter.branch(Comparison.GREATER, offset, Constant.of(LARGEST_OFFSET), absent, bounded);
        emitter.continueIn(bounded);
        return emitter.extend(Int.I32, false, offset, Int.I64);
    }

    private static Optional<Operand> length(Call call) {
        Value end = field(call, "data_end", Provenance.PACKET_END);
        Value start = field(call, "data", Provenance.PACKET);
        Value length = call.emitter().add(new Operation.PointerDifference(end, start));
        return Optional.of(new Operand.Number(call.emitter().narrow(length)));
    }

    private static int register(Call call) {
        long index = call.constant(1);
        if (index < 0 || index >= ARGUMENT_REGISTERS.size()) {
            throw new Refusal("argument(" + index + ")", "only the first 6 arguments are in registers", "use 0 to 5");
        }
        return call.unit()
                .layouts()
                .of(CONTEXTS + "PtRegs")
                .field(ARGUMENT_REGISTERS.get((int) index))
                .orElseThrow()
                .offset();
    }

    private static Optional<Operand> argument(Call call, int offset) {
        return Optional.of(new Operand.Number(call.emitter()
                .add(new Operation.Load(call.pointer(0), offset, Int.I64, false, Int.I64, Optional.empty()))));
    }
}

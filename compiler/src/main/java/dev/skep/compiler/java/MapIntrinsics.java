package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of {@code dev.skep.lang.map}. */
final class MapIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    /** {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST} of linux/bpf.h. */
    private static final long ANY = 0;

    private static final long NO_EXIST = 1;
    private static final long EXIST = 2;

    private static final String MAPS = "dev/skep/lang/map/";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String STRUCT = "Ldev/skep/lang/Struct;";

    static {
        put(
                "BpfMap",
                "maxEntries",
                "()I",
                call -> Optional.of(
                        new Operand.Number(Constant.of(call.map(0).declaration().maxEntries()))));
        put("KeyedMap", "lookup", "(" + OBJECT + ")" + OBJECT, MapIntrinsics::lookup);
        put("KeyedMap", "put", "(" + OBJECT + OBJECT + ")I", call -> update(call, ANY));
        put("KeyedMap", "putIfAbsent", "(" + OBJECT + OBJECT + ")I", call -> update(call, NO_EXIST));
        put("KeyedMap", "replace", "(" + OBJECT + OBJECT + ")I", call -> update(call, EXIST));
        put("KeyedMap", "delete", "(" + OBJECT + ")I", MapIntrinsics::delete);
        put("KeyedMap", "add", "(" + OBJECT + "J)V", MapIntrinsics::add);
        put("RingBuffer", "reserve", "()" + STRUCT, MapIntrinsics::reserve);
        put("RingBuffer", "submit", "(" + STRUCT + ")V", call -> release(call, HelperId.RINGBUF_SUBMIT));
        put("RingBuffer", "discard", "(" + STRUCT + ")V", call -> release(call, HelperId.RINGBUF_DISCARD));
        put("RingBuffer", "submit", "(" + STRUCT + "J)V", call -> release(call, HelperId.RINGBUF_SUBMIT));
        put("RingBuffer", "discard", "(" + STRUCT + "J)V", call -> release(call, HelperId.RINGBUF_DISCARD));
        put("RingBuffer", "output", "(" + STRUCT + ")I", MapIntrinsics::output);
        put("ProgramArray", "call", "(Ldev/skep/lang/Context;I)V", MapIntrinsics::tailCall);
        for (String kind : List.of("Queue", "Stack")) {
            put(
                    kind,
                    "push",
                    "(" + STRUCT + ")I",
                    call -> result(
                            call, HelperId.MAP_PUSH_ELEM, List.of(address(call), value(call, 1), Constant.of(ANY))));
            put(
                    kind,
                    "pop",
                    "(" + STRUCT + ")I",
                    call -> result(call, HelperId.MAP_POP_ELEM, List.of(address(call), value(call, 1))));
            put(
                    kind,
                    "peek",
                    "(" + STRUCT + ")I",
                    call -> result(call, HelperId.MAP_PEEK_ELEM, List.of(address(call), value(call, 1))));
        }
    }

    private MapIntrinsics() {}

    private static void put(String owner, String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(MAPS + owner, name, descriptor), intrinsic);
    }

    private static Value address(Call call) {
        return call.mapAddress(0);
    }

    static Value key(Call call) {
        return address(call, call.argument(1), call.map(0).key().orElseThrow());
    }

    private static Value value(Call call, int index) {
        return address(call, call.argument(index), call.map(0).value().orElseThrow());
    }

    /** The address of something to be given to a map, which takes a copy. */
    static Value address(Call call, Operand operand, FieldType type) {
        return switch (operand) {
            case Operand.Boxed(Value value, FieldType.Number boxed)
            when type instanceof FieldType.Number number -> call.emitter().copy(value, number);
            case Operand.BoxInMap(Value pointer, FieldType.Number boxed) -> pointer;
            case Operand.Reference reference -> reference.pointer();
            case Operand.Enumerated constant
            when type instanceof FieldType.Enumeration ->
                call.emitter()
                        .copy(
                                new EnumTranslation(call.unit(), call.emitter()).ordinal(constant),
                                FieldType.Enumeration.ORDINAL);
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal(call.name(), "the key or value is neither struct nor number", "pass one");
        };
    }

    private static Optional<Operand> result(Call call, HelperId helper, List<Value> arguments) {
        Emitter emitter = call.emitter();
        return Optional.of(new Operand.Number(emitter.narrow(emitter.call(helper, arguments))));
    }

    private static Optional<Operand> lookup(Call call) {
        Value key = key(call);
        Value found = find(call.emitter(), address(call), key);
        return Optional.of(at(call, found, call.map(0).value().orElseThrow()));
    }

    /** A value, or a key, by a pointer to it, which may be null. */
    static Operand at(Call call, Value pointer, FieldType type) {
        return switch (type) {
            case FieldType.Number number -> new Operand.BoxInMap(pointer, number);
            case FieldType.Inline(StructType struct) -> new Operand.Reference(pointer, struct.className());
            case FieldType.Array(FieldType element, int length) -> new Operand.Array(pointer, element, length);
            case FieldType.Enumeration enumeration ->
                new EnumTranslation(call.unit(), call.emitter()).loadOrNull(pointer, enumeration);
        };
    }

    static Value find(Emitter emitter, Value map, Value key) {
        return emitter.callForPointer(HelperId.MAP_LOOKUP_ELEM, List.of(map, key), Pointer.Provenance.MAP_VALUE);
    }

    private static Optional<Operand> update(Call call, long flags) {
        Value key = key(call);
        Value value = value(call, 2);
        return result(call, HelperId.MAP_UPDATE_ELEM, List.of(address(call), key, value, Constant.of(flags)));
    }

    private static Optional<Operand> delete(Call call) {
        Value key = key(call);
        return result(call, HelperId.MAP_DELETE_ELEM, List.of(address(call), key));
    }

    private static Optional<Operand> add(Call call) {
        MapField map = call.map(0);
        if (!(map.value().orElseThrow() instanceof FieldType.Number number)
                || (number.width() != Int.I32 && number.width() != Int.I64)) {
            throw new Refusal(
                    "add", "the map's values are neither Integer nor Long", "look the value up and change its fields");
        }
        Emitter emitter = call.emitter();
        Value amount = number.width() == Int.I64 ? call.number(2) : emitter.narrow(call.number(2));
        Value key = key(call);
        Value address = address(call);
        Variable counter = new Variable("counter", Pointer.nullable(Pointer.Provenance.MAP_VALUE));
        Block there = emitter.newBlock("there");
        Block end = emitter.newBlock("end");
        Value found = find(emitter, address, key);
        emitter.builder().write(counter, found);
        if (growsByUse(map.declaration().type())) {
            Block known = emitter.newBlock("known");
            Block absent = emitter.newBlock("absent");
            emitter.branch(Comparison.EQUAL, found, nullOf(found), absent, known);
            emitter.continueIn(absent);
            Value zero = emitter.copy(Constant.of(number.stackType(), 0), number);
            emitter.call(HelperId.MAP_UPDATE_ELEM, List.of(address(call), key, zero, Constant.of(NO_EXIST)));
            emitter.builder().write(counter, find(emitter, address(call), key));
            emitter.jump(known);
            emitter.continueIn(known);
        }
        Value place = emitter.builder().read(counter);
        emitter.branch(Comparison.EQUAL, place, nullOf(place), end, there);
        emitter.continueIn(there);
        emitter.add(new Operation.Atomic(Operation.AtomicOperator.ADD, place, 0, amount, false));
        emitter.jump(end);
        emitter.continueIn(end);
        return Optional.empty();
    }

    private static boolean growsByUse(MapType type) {
        return type != MapType.ARRAY && type != MapType.PERCPU_ARRAY;
    }

    private static Value nullOf(Value pointer) {
        return Constant.nullPointer((Pointer) pointer.type());
    }

    private static StructType record(Call call) {
        return ((FieldType.Inline) call.map(0).value().orElseThrow()).struct();
    }

    private static Optional<Operand> reserve(Call call) {
        StructType record = record(call);
        Value size = Constant.of((long) record.type().size());
        Value room = call.emitter()
                .callForPointer(
                        HelperId.RINGBUF_RESERVE,
                        List.of(address(call), size, Constant.of(0L)),
                        Pointer.Provenance.MEMORY);
        return Optional.of(new Operand.Reference(room, record.className()));
    }

    private static Optional<Operand> release(Call call, HelperId helper) {
        Value flags = call.arguments().size() > 2 ? call.emitter().widen(call.number(2)) : Constant.of(0L);
        List<Value> arguments = List.of(call.pointer(1), flags);
        call.emitter().add(new Operation.CallHelper(helper, arguments, Type.Nothing.VOID));
        return Optional.empty();
    }

    private static Optional<Operand> output(Call call) {
        Value size = Constant.of((long) record(call).type().size());
        return result(call, HelperId.RINGBUF_OUTPUT, List.of(address(call), call.pointer(1), size, Constant.of(0L)));
    }

    private static Optional<Operand> tailCall(Call call) {
        Emitter emitter = call.emitter();
        Value index = emitter.extend(Int.I32, false, call.number(2), Int.I64);
        List<Value> arguments = List.of(call.pointer(1), address(call), index);
        emitter.add(new Operation.CallHelper(HelperId.TAIL_CALL, arguments, Type.Nothing.VOID));
        return Optional.empty();
    }
}

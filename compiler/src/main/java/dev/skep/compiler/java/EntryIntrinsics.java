package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code javac} makes of {@code for (var entry : map)}: calls of {@code iterator()}, {@code hasNext()} and {@code next()}. Small
 * arrays are looked up in one number after the other; of other loops the optimizer makes functions that the kernel calls.
 */
final class EntryIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    private static final String ITERATOR = "java/util/Iterator";
    private static final String ENTRY = "dev/skep/lang/map/Entry";
    private static final String OBJECT = "Ljava/lang/Object;";

    /** The first with {@code bpf_for_each_map_elem}. */
    private static final KernelVersion FOR_EACH_SINCE = new KernelVersion(5, 13);

    static {
        put("dev/skep/lang/map/KeyedMap", "iterator", "()L" + ITERATOR + ";", EntryIntrinsics::iterator);
        put(ITERATOR, "hasNext", "()Z", EntryIntrinsics::hasNext);
        put(ITERATOR, "next", "()" + OBJECT, EntryIntrinsics::next);
        put(ENTRY, "key", "()" + OBJECT, call -> Optional.of(entry(call).key()));
        put(ENTRY, "value", "()" + OBJECT, call -> Optional.of(entry(call).value()));
    }

    private EntryIntrinsics() {}

    private static void put(String owner, String name, String descriptor, Intrinsic intrinsic) {
        TABLE.put(new Intrinsic.Method(owner, name, descriptor), intrinsic);
    }

    private static Optional<Operand> iterator(Call call) {
        MapField map = call.map(0);
        MapType type = map.declaration().type();
        CallbackIntrinsics.requireVisited("a for loop over " + map.declaration().name(), type);
        boolean isOld = call.unit().target().kernel().compareTo(FOR_EACH_SINCE) < 0;
        boolean isArray = type == MapType.ARRAY || type == MapType.PERCPU_ARRAY;
        if (isArray && (isOld || map.declaration().maxEntries() <= CallbackIntrinsics.FEW_ROUNDS)) {
            Variable index = new Variable("index", Int.I32);
            call.emitter().builder().write(index, Constant.of(0));
            return Optional.of(new Operand.Entries(new MapLoop(map, call.mapAddress(0), Optional.of(index))));
        }
        if (isOld) {
            throw new Refusal(
                    "a for loop over " + map.declaration().name(),
                    "the kernel goes through maps since Linux " + FOR_EACH_SINCE + ", and the program is compiled for "
                            + call.unit().target().kernel(),
                    "remember keys of your own, or compile for a newer kernel (--kernel)");
        }
        Value entries = call.emitter().add(new Operation.Entries(call.mapAddress(0)));
        return Optional.of(new Operand.Entries(new MapLoop(map, entries, Optional.empty())));
    }

    private static MapLoop loop(Call call) {
        return switch (call.argument(0)) {
            case Operand.Entries(MapLoop loop) -> loop;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        "an iterator", "only the entries of a map can be gone through", "use an index, or a for loop");
        };
    }

    private static Operand.Entry entry(Call call) {
        return switch (call.argument(0)) {
            case Operand.Entry entry -> entry;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        call.name() + "() of an entry",
                        "entries are there in a for loop over a map only",
                        "keep the key and the value");
        };
    }

    private static Optional<Operand> hasNext(Call call) {
        MapLoop loop = loop(call);
        Emitter emitter = call.emitter();
        if (loop.index().isPresent()) {
            Value index = emitter.builder().read(loop.index().get());
            Value count = Constant.of(loop.map().declaration().maxEntries());
            return Optional.of(new Operand.Number(emitter.compare(Comparison.LESS, index, count)));
        }
        Value next = emitter.add(new Operation.NextEntry(loop.entries()));
        loop.asked(next);
        return Optional.of(new Operand.Number(next));
    }

    private static Optional<Operand> next(Call call) {
        MapLoop loop = loop(call);
        return Optional.of(
                loop.index().isPresent() ? counted(call, loop, loop.index().get()) : visited(call, loop));
    }

    /** The entry that the kernel calls for. A number that is a key is read at once, since its place is there for one round. */
    private static Operand.Entry visited(Call call, MapLoop loop) {
        Value key = call.emitter().add(new Operation.EntryAddress(loop.next(), true));
        Value value = call.emitter().add(new Operation.EntryAddress(loop.next(), false));
        Operand keyOperand = loop.map().key().orElseThrow() instanceof FieldType.Number number
                ? new Operand.Boxed(call.emitter().load(key, 0, number), number)
                : MapIntrinsics.at(call, key, loop.map().key().orElseThrow());
        return new Operand.Entry(
                keyOperand, MapIntrinsics.at(call, value, loop.map().value().orElseThrow()));
    }

    /** The next one of an array, which has all of them. */
    private static Operand.Entry counted(Call call, MapLoop loop, Variable counter) {
        Emitter emitter = call.emitter();
        FieldType.Number number = (FieldType.Number) loop.map().key().orElseThrow();
        Value index = emitter.builder().read(counter);
        emitter.builder().write(counter, emitter.binary(BinaryOperator.ADD, index, Constant.of(1)));
        Value found = MapIntrinsics.find(emitter, loop.entries(), emitter.copy(index, number));
        emitter.require(Comparison.NOT_EQUAL, found, Constant.nullPointer((Pointer) found.type()));
        return new Operand.Entry(
                new Operand.Boxed(index, number),
                MapIntrinsics.at(call, found, loop.map().value().orElseThrow()));
    }
}

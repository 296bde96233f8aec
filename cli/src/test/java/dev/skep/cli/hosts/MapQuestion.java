package dev.skep.cli.hosts;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.BpfMap.Batch;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Something to ask of a map, whose answer both hosts must give alike. */
sealed interface MapQuestion {
    record Lookup(byte[] key) implements MapQuestion {}

    record Update(byte[] key, byte[] value, long flags) implements MapQuestion {}

    record Delete(byte[] key) implements MapQuestion {}

    record TakeOut(byte[] key) implements MapQuestion {}

    record NextKey(Optional<byte[]> key) implements MapQuestion {}

    /** All entries, in the order of the walk. */
    record Walk() implements MapQuestion {}

    /** All entries, so many at a time. */
    record ReadBatches(int count, boolean delete) implements MapQuestion {}

    record UpdateBatch(List<Entry> entries, long flags) implements MapQuestion {}

    record DeleteBatch(List<byte[]> keys) implements MapQuestion {}

    record Freeze() implements MapQuestion {}

    /** A question with a key of the wrong size: to be refused, but if there is more wrong with it, either may be said. */
    record Malformed(MapQuestion question) implements MapQuestion {}

    /** One of them. */
    static MapQuestion random(MapShape shape, Random random) {
        return random.nextInt(30) == 0
                ? new Malformed(random(shape, longer(shape.key().apply(random)), random))
                : random(shape, shape.key().apply(random), random);
    }

    private static MapQuestion random(MapShape shape, byte[] key, Random random) {
        byte[] sought =
                shape.spec().type() == MapType.BLOOM_FILTER ? shape.value().apply(random) : key;
        return switch (random.nextInt(15 + 2 * shape.batches().ordinal())) {
            case 0, 1, 2 -> new Lookup(sought);
            case 3, 4, 5, 6, 7 -> new Update(key, shape.value().apply(random), flags(random));
            case 8, 9 -> new Delete(key);
            case 10, 11 -> new TakeOut(key);
            case 12 -> new NextKey(random.nextInt(4) == 0 ? Optional.empty() : Optional.of(key));
            case 13 -> new Walk();
            case 14 -> shape.freezes() && random.nextInt(30) == 0 ? new Freeze() : new Lookup(sought);
            case 15 -> new UpdateBatch(entries(shape, random), 0);
            case 16 -> new ReadBatches(random.nextInt(1, 40), false);
            case 17, 18 ->
                new DeleteBatch(entries(shape, random).stream().map(Entry::key).toList());
            default -> new ReadBatches(random.nextInt(1, 40), true);
        };
    }

    private static List<Entry> entries(MapShape shape, Random random) {
        List<Entry> entries = new ArrayList<>();
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            entries.add(new Entry(shape.key().apply(random), shape.value().apply(random)));
        }
        return entries;
    }

    private static byte[] longer(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static long flags(Random random) {
        long[] flags = {0, 0, 0, 0, BpfMap.NOEXIST, BpfMap.EXIST, BpfMap.NOEXIST | BpfMap.EXIST, BpfMap.LOCK, 8};
        return flags[random.nextInt(flags.length)];
    }

    /** What a map answers, as a line; refusals by the name of their error. */
    default String answer(BpfMap map) {
        try {
            return switch (this) {
                case Lookup(byte[] key) -> text(map.lookup(key));
                case Update(byte[] key, byte[] value, long flags) -> {
                    map.update(key, value, flags);
                    yield "stored";
                }
                case Delete(byte[] key) -> map.delete(key) ? "removed" : "not there";
                case TakeOut(byte[] key) -> text(map.lookupAndDelete(key));
                case NextKey(Optional<byte[]> key) -> text(map.nextKey(key));
                case Walk() -> walk(map);
                case ReadBatches(int count, boolean delete) -> batches(map, count, delete);
                case UpdateBatch(List<Entry> entries, long flags) ->
                    map.updateBatch(entries, flags).toString();
                case DeleteBatch(List<byte[]> keys) -> map.deleteBatch(keys).toString();
                case Freeze() -> {
                    map.freeze();
                    yield "frozen";
                }
                case Malformed(MapQuestion question) ->
                    question.answer(map).matches("E[A-Z0-9]+") ? "refused" : "taken";
            };
        } catch (HostException e) {
            return e.errno().name();
        }
    }

    private static String walk(BpfMap map) {
        StringBuilder text = new StringBuilder();
        Optional<byte[]> key = map.nextKey(Optional.empty());
        while (key.isPresent()) {
            text.append(text(key)).append('=').append(found(map, key.get())).append(' ');
            key = map.nextKey(key);
        }
        return text.toString();
    }

    /** Some kinds can be walked over, but do not tell what they hold. */
    private static String found(BpfMap map, byte[] key) {
        try {
            return text(map.lookup(key));
        } catch (HostException e) {
            return e.errno().name();
        }
    }

    private static String batches(BpfMap map, int count, boolean delete) {
        StringBuilder text = new StringBuilder();
        Optional<byte[]> cursor = Optional.empty();
        do {
            Batch batch = delete ? map.lookupAndDeleteBatch(cursor, count) : map.lookupBatch(cursor, count);
            for (Entry entry : batch.entries()) {
                text.append(hex(entry.key()))
                        .append('=')
                        .append(hex(entry.value()))
                        .append(' ');
            }
            text.append("| ");
            cursor = batch.next();
        } while (cursor.isPresent());
        return text.toString();
    }

    private static String text(Optional<byte[]> bytes) {
        return bytes.map(MapQuestion::hex).orElse("none");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** For messages. */
    default String text() {
        return switch (this) {
            case Lookup(byte[] key) -> "look up " + hex(key);
            case Update(byte[] key, byte[] value, long flags) ->
                "update " + hex(key) + " to " + hex(value) + ", flags " + flags;
            case Delete(byte[] key) -> "delete " + hex(key);
            case TakeOut(byte[] key) -> "take out " + hex(key);
            case NextKey(Optional<byte[]> key) -> "next key after " + text(key);
            case Walk() -> "walk";
            case ReadBatches(int count, boolean delete) -> (delete ? "take out" : "read") + " in batches of " + count;
            case UpdateBatch(List<Entry> entries, long flags) ->
                "update " + entries.stream().map(e -> hex(e.key())).toList() + ", flags " + flags;
            case DeleteBatch(List<byte[]> keys) ->
                "delete " + keys.stream().map(MapQuestion::hex).toList();
            case Freeze() -> "freeze";
            case Malformed(MapQuestion question) -> "malformed: " + question.text();
        };
    }
}

package dev.skep.engine.map;

import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes scripts of random map operations in the language of {@code src/test/c/map_semantics.c}: few keys and small maps, so
 * that operations meet. The same seed gives the same script.
 */
final class SemanticsScript {
    private static final int ZERO_SEED = MapFlags.ZERO_SEED;
    private static final List<Integer> FLAGS = List.of(0, 0, 0, 0, 1, 2, 3, 4, 8);

    private final Random random;
    private final int cpus;
    private final List<String> lines = new ArrayList<>();
    private int created;

    SemanticsScript(long seed, int cpus) {
        this.random = new Random(seed);
        this.cpus = cpus;
    }

    /** One kind of map to play with: how it is made, and what its keys and values look like (as words of the script). */
    private record Shape(
            MapType type,
            int keySize,
            int valueSize,
            int entries,
            int flags,
            long extra,
            String more,
            Supplier<String> key,
            Supplier<String> value) {
        boolean hasBuckets() {
            return type == MapType.HASH
                    || type == MapType.PERCPU_HASH
                    || type == MapType.LRU_HASH
                    || type == MapType.LRU_PERCPU_HASH
                    || type == MapType.HASH_OF_MAPS;
        }
    }

    /** A script of operations on maps of all kinds that need nothing but themselves. */
    String operations(int operationsPerMap) {
        lines.add("# cpus " + cpus);
        things();
        for (Shape shape : shapes()) {
            lines.add("# " + shape.type());
            play(shape, operationsPerMap);
        }
        return String.join("\n", lines) + "\n";
    }

    /** A script that creates maps from right and wrong parameters. */
    String creations(int perKind) {
        for (MapType type : MapType.values()) {
            if (!needsTypes(type)) {
                lines.add("# " + type);
                for (int i = 0; i < perKind; i++) {
                    lines.add(creation(type));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static boolean needsTypes(MapType type) {
        return switch (type) {
            case STRUCT_OPS, SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> true;
            default -> false;
        };
    }

    private String creation(MapType type) {
        int key = pick(List.of(0, 1, 4, 4, 4, 5, 8, 16, 260, 261, 600));
        int value = pick(List.of(0, 1, 4, 4, 4, 8, 8, 12, 32, 4000, 5000, 40_000));
        int entries = pick(List.of(0, 0, 1, 1, 3, 4, 4096, 4096, 5000, 8192, 9000));
        if (type == MapType.CPUMAP) {
            // Its limit is how the kernel was configured (NR_CPUS).
            entries = Math.min(entries, 4);
        }
        int flags =
                pick(List.of(0, 0, 0, 1 << random.nextInt(13), 1 << random.nextInt(13), 1 | 1 << random.nextInt(13)));
        if (type == MapType.ARENA && random.nextBoolean()) {
            key = 0;
            value = 0;
            flags |= MapFlags.MMAPABLE;
        }
        long extra = pick(List.of(0L, 0L, 0L, 0L, 5L, 16L));
        return "create c" + created++ + " " + type.number() + " " + key + " " + value + " " + entries + " " + flags
                + " " + extra;
    }

    private void things() {
        lines.add("program p1");
        lines.add("program p2");
        lines.add("socket s1");
        lines.add("socket s2");
        lines.add("create i1 2 4 8 2 0 0");
        lines.add("create i2 2 4 8 2 0 0");
        lines.add("create larger 2 4 8 3 0 0");
        lines.add("create other 1 4 8 2 0 0");
        lines.add("create resizable1 2 4 8 2 4096 0");
        lines.add("create resizable2 2 4 8 7 4096 0");
    }

    private List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        arrays(shapes);
        hashes(shapes);
        shapes.add(new Shape(MapType.LPM_TRIE, 8, 8, 8, 1, 0, "", () -> prefix(4), bytes(8)));
        shapes.add(new Shape(MapType.LPM_TRIE, 5, 4, 30, 1, 0, "", () -> prefix(1), bytes(4)));
        shapes.add(new Shape(MapType.LPM_TRIE, 20, 4, 12, 1, 0, "", () -> prefix(16), bytes(4)));
        shapes.add(new Shape(MapType.QUEUE, 0, 8, 3, 0, 0, "", () -> "-", bytes(8)));
        shapes.add(new Shape(MapType.STACK, 0, 5, 3, 0, 0, "", () -> "-", bytes(5)));
        shapes.add(new Shape(MapType.BLOOM_FILTER, 0, 4, 20, ZERO_SEED, 3, "", number(200), number(200)));
        shapes.add(new Shape(MapType.BLOOM_FILTER, 0, 3, 10, ZERO_SEED, 0, "", bytes(3), bytes(3)));
        shapes.add(new Shape(MapType.RINGBUF, 0, 0, 4096, 0, 0, "", () -> "-", () -> "-"));
        shapes.add(new Shape(MapType.USER_RINGBUF, 0, 0, 4096, 0, 0, "", () -> "-", () -> "-"));
        shapes.add(new Shape(MapType.ARENA, 0, 0, 4, MapFlags.MMAPABLE, 0, "", () -> "-", () -> "-"));
        tables(shapes);
        return shapes;
    }

    private void arrays(List<Shape> shapes) {
        shapes.add(new Shape(MapType.ARRAY, 4, 8, 4, 0, 0, "", number(6), bytes(8)));
        shapes.add(new Shape(MapType.ARRAY, 4, 3, 1, 0, 0, "", number(2), bytes(3)));
        shapes.add(new Shape(MapType.ARRAY, 4, 16, 3, 0, 0, "lock", number(4), bytes(16)));
        shapes.add(new Shape(MapType.ARRAY, 4, 4, 3, MapFlags.RDONLY, 0, "", number(4), bytes(4)));
        shapes.add(new Shape(MapType.ARRAY, 4, 4, 3, MapFlags.WRONLY, 0, "", number(4), bytes(4)));
        shapes.add(new Shape(MapType.PERCPU_ARRAY, 4, 12, 3, 0, 0, "", number(5), bytes(16 * cpus)));
        shapes.add(new Shape(MapType.PROG_ARRAY, 4, 4, 3, 0, 0, "", number(4), oneOf("@p1", "@p2", "ffffffff")));
        shapes.add(new Shape(
                MapType.ARRAY_OF_MAPS, 4, 4, 3, 0, 0, "i1", number(4), oneOf("@i1", "@i2", "@larger", "@other")));
        shapes.add(new Shape(
                MapType.ARRAY_OF_MAPS,
                4,
                4,
                3,
                0,
                0,
                "resizable1",
                number(4),
                oneOf("@resizable1", "@resizable2", "@i1")));
        shapes.add(new Shape(MapType.CGROUP_ARRAY, 4, 4, 3, 0, 0, "", number(4), () -> "ffffffff"));
        shapes.add(new Shape(MapType.PERF_EVENT_ARRAY, 4, 4, 3, 0, 0, "", number(4), () -> "ffffffff"));
    }

    private void hashes(List<Shape> shapes) {
        for (int flags : List.of(ZERO_SEED, ZERO_SEED | MapFlags.NO_PREALLOC)) {
            shapes.add(new Shape(MapType.HASH, 4, 8, 6, flags, 0, "", number(9), bytes(8)));
            shapes.add(new Shape(MapType.HASH, 13, 5, 8, flags, 0, "", wide(12, 13), bytes(5)));
            shapes.add(new Shape(MapType.HASH, 24, 16, 8, flags, 0, "lock", wide(10, 24), bytes(16)));
            shapes.add(new Shape(MapType.PERCPU_HASH, 8, 12, 5, flags, 0, "", wide(8, 8), bytes(16 * cpus)));
        }
        shapes.add(new Shape(MapType.HASH, 4, 8, 6, ZERO_SEED | MapFlags.WRONLY, 0, "", number(9), bytes(8)));
        shapes.add(new Shape(MapType.HASH, 4, 8, 1, ZERO_SEED, 0, "", number(3), bytes(8)));
        shapes.add(new Shape(MapType.LRU_HASH, 4, 8, 1024, ZERO_SEED, 0, "", number(12), bytes(8)));
        shapes.add(new Shape(MapType.LRU_PERCPU_HASH, 4, 8, 1024, ZERO_SEED, 0, "", number(12), bytes(8 * cpus)));
        shapes.add(new Shape(MapType.LRU_HASH, 4, 8, 1024, ZERO_SEED | 2, 0, "", number(12), bytes(8)));
        shapes.add(new Shape(
                MapType.HASH_OF_MAPS,
                4,
                4,
                3,
                ZERO_SEED,
                0,
                "i1",
                number(5),
                oneOf("@i1", "@i2", "@larger", "@other")));
    }

    private void tables(List<Shape> shapes) {
        Supplier<String> device = oneOf("01000000", "01000000", "00000000");
        shapes.add(new Shape(MapType.DEVMAP, 4, 4, 3, 0, 0, "", number(4), device));
        shapes.add(
                new Shape(MapType.DEVMAP, 4, 8, 3, 0, 0, "", number(4), oneOf("0100000000000000", "01000000ffffffff")));
        shapes.add(new Shape(MapType.DEVMAP_HASH, 4, 4, 3, 0, 0, "", number(6), device));
        shapes.add(new Shape(MapType.CPUMAP, 4, 4, 8, 0, 0, "", number(9), oneOf("00010000", "00000000", "ffff0000")));
        shapes.add(new Shape(MapType.XSKMAP, 4, 4, 3, 0, 0, "", number(4), () -> "ffffffff"));
        shapes.add(new Shape(MapType.STACK_TRACE, 4, 16, 4, 0, 0, "", number(5), bytes(16)));
        shapes.add(new Shape(MapType.CGROUP_STORAGE, 16, 8, 0, 0, 0, "", bytes(16), bytes(8)));
        shapes.add(new Shape(MapType.SK_STORAGE, 4, 8, 0, 1, 0, "btf", oneOf("@s1", "@s2"), bytes(8)));
        shapes.add(new Shape(MapType.SK_STORAGE, 4, 16, 0, 1, 0, "lock", oneOf("@s1", "@s2"), bytes(16)));
    }

    private void play(Shape shape, int operations) {
        String name = "m" + created++;
        lines.add(("create " + name + " " + shape.type().number() + " " + shape.keySize() + " " + shape.valueSize()
                        + " " + shape.entries() + " " + shape.flags() + " " + shape.extra() + " " + shape.more())
                .strip());
        for (int i = 0; i < operations; i++) {
            lines.add(operation(shape, name));
        }
        lines.add("freeze " + name);
        lines.add("update " + name + " " + key(shape) + " " + shape.value().get() + " 0");
        lines.add("lookup " + name + " " + shape.key().get() + " 0");
        lines.add("freeze " + name);
    }

    private String operation(Shape shape, String name) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 ->
                "update " + name + " " + key(shape) + " " + shape.value().get() + " " + pick(FLAGS);
            case 7, 8, 9 -> "lookup " + name + " " + shape.key().get() + " " + pick(List.of(0, 0, 0, 4, 1));
            case 10, 11, 12 -> "delete " + name + " " + key(shape);
            case 13, 14 -> "take " + name + " " + key(shape);
            case 15, 16 -> "next " + name + " " + (random.nextInt(4) == 0 ? "-" : key(shape));
            case 17 ->
                (random.nextInt(4) == 0 ? "takebatch " : "lookupbatch ") + name + " " + cursor(shape) + " "
                        + pick(List.of(1, 2, 5, 20));
            case 18 -> updateBatch(shape, name);
            default -> deleteBatch(shape, name);
        };
    }

    /** A bloom filter's lookups have a "key" (the value to look for), its other operations have none. */
    private static String key(Shape shape) {
        return shape.type() == MapType.BLOOM_FILTER ? "-" : shape.key().get();
    }

    private String cursor(Shape shape) {
        if (random.nextBoolean()) {
            return "-";
        }
        if (!shape.hasBuckets()) {
            return key(shape);
        }
        return little(random.nextInt(20)) + "00".repeat(Math.max(0, shape.keySize() - 4));
    }

    private String updateBatch(Shape shape, String name) {
        int count = 1 + random.nextInt(3);
        StringBuilder keys = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < count; i++) {
            append(keys, key(shape));
            append(values, shape.value().get());
        }
        return "updatebatch " + name + " " + count + " " + keys + " " + values + " " + pick(List.of(0, 0, 0, 4, 1));
    }

    private String deleteBatch(Shape shape, String name) {
        int count = 1 + random.nextInt(3);
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            append(keys, key(shape));
        }
        return "deletebatch " + name + " " + count + " " + keys;
    }

    private static void append(StringBuilder text, String word) {
        if (word.equals("-")) {
            text.replace(0, text.length(), "-");
        } else {
            text.append(word).append(word.startsWith("@") ? "," : "");
        }
    }

    // Words.

    private Supplier<String> number(int below) {
        return () -> little(random.nextInt(below));
    }

    private Supplier<String> wide(int below, int size) {
        return () -> little(random.nextInt(below)) + "5a".repeat(size - 4);
    }

    private Supplier<String> bytes(int size) {
        return () -> {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }

    private Supplier<String> oneOf(String... words) {
        return () -> words[random.nextInt(words.length)];
    }

    /** Prefixes that often start each other; now and then one that is too long. */
    private String prefix(int bytes) {
        int length = random.nextInt(25) == 0 ? bytes * 8 + 1 : random.nextInt(bytes * 8 + 1);
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            data.append(pick(List.of("00", "00", "ff", "0f", "80")));
        }
        return little(length) + data;
    }

    private static String little(int number) {
        return HexFormat.of().toHexDigits(Integer.reverseBytes(number));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package dev.skep.cli.gen;

import dev.skep.cli.types.Global;
import dev.skep.cli.types.PerCpuValues;
import dev.skep.object.BpfObject;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The source of the Java class for an object. */
final class ObjectClass {
    private static final Set<String> RESERVED = Set.of(
            "load",
            "close",
            "object",
            "codec",
            "rawBytes",
            "section",
            "store",
            "getClass",
            "hashCode",
            "toString",
            "wait");

    /** What every such class needs. */
    private static final String HELPERS = """
            private ByteBuffer section(String map) {
                byte[] bytes = object.map(map).orElseThrow().lookup(new byte[4]).orElseThrow();
                return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            }

            private void store(String map, ByteBuffer section) {
                object.map(map).orElseThrow().update(new byte[4], section.array());
            }

            private static byte[] rawBytes(ByteBuffer in, int at, int size) {
                byte[] bytes = new byte[size];
                in.get(at, bytes);
                return bytes;
            }

            private static <T> Codec<T> codec(
                    int size, int alignment, BiFunction<ByteBuffer, Integer, T> reader, BiConsumer<T, ByteBuffer> writer) {
                return new Codec<>() {
                    @Override
                    public int size() {
                        return size;
                    }

                    @Override
                    public int alignment() {
                        return alignment;
                    }

                    @Override
                    public T read(ByteBuffer in) {
                        T value = reader.apply(in, in.position());
                        in.position(in.position() + size);
                        return value;
                    }

                    @Override
                    public void write(T value, ByteBuffer out) {
                        writer.accept(value, out);
                        out.position(out.position() + size);
                    }
                };
            }
            """;

    private final BpfObject object;
    private final String packageName;
    private final String className;
    private final JavaNames members = new JavaNames(RESERVED);
    private final StructRecords records;

    ObjectClass(BpfObject object, String packageName, String className) {
        this.object = object;
        this.packageName = packageName;
        this.className = className;
        this.records = new StructRecords(
                object.btf(),
                new JavaNames(Set.of(
                        className,
                        "BpfMap",
                        "Codec",
                        "Host",
                        "LoadedObject",
                        "Program",
                        "TypedMap",
                        "List",
                        "ByteBuffer",
                        "ByteOrder",
                        "BiConsumer",
                        "BiFunction",
                        "ObjectReader",
                        "String",
                        "Override")));
    }

    /** All of it. */
    String source() {
        List<String> parts = new ArrayList<>();
        object.programs().forEach(program -> parts.add(program(program)));
        object.maps().stream()
                .filter(map -> map.role() == MapSpec.Role.DECLARED)
                .forEach(map -> parts.add(map(map)));
        Global.of(object).forEach(global -> parts.add(global(global)));
        parts.addAll(records.sources());
        return head() + indented(String.join("\n", parts)) + "\n" + indented(HELPERS) + "}\n";
    }

    private String head() {
        return (packageName.isEmpty() ? "" : "package " + packageName + ";\n\n")
                + """
                import dev.skep.object.file.ObjectReader;
                import dev.skep.object.host.BpfMap;
                import dev.skep.object.host.Codec;
                import dev.skep.object.host.Host;
                import dev.skep.object.host.LoadedObject;
                import dev.skep.object.host.Program;
                import dev.skep.object.host.TypedMap;
                import java.nio.ByteBuffer;
                import java.nio.ByteOrder;
                import java.util.List;
                import java.util.function.BiConsumer;
                import java.util.function.BiFunction;

                /** The programs, maps and global variables of {@code OBJECT}, loaded. Written by skep gen. */
                public final class CLASS implements AutoCloseable {
                    private final LoadedObject object;

                    /** @param object what the object was loaded as; closed with this */
                    public CLASS(LoadedObject object) {
                        this.object = object;
                    }

                    /** Loads the object. @param elf the bytes of the object file */
                    public static CLASS load(Host host, byte[] elf) {
                        return new CLASS(host.load(ObjectReader.read(elf, "OBJECT")));
                    }

                    /** All that was loaded. */
                    public LoadedObject object() {
                        return object;
                    }

                    @Override
                    public void close() {
                        object.close();
                    }

                """.replace("CLASS", className).replace("OBJECT", object.name());
    }

    private String program(ProgramSpec program) {
        return """
                /** Program {@code %s} ({@code %s}). */
                public Program %s() {
                    return object.program("%s").orElseThrow();
                }
                """.formatted(
                program.name(), program.section(), members.unique(JavaNames.member(program.name())), program.name());
    }

    private String map(MapSpec map) {
        String name = members.unique(JavaNames.member(map.name()));
        String comment = "/** Map {@code " + map.name() + "} (" + map.type() + "). ";
        return switch (map.type()) {
            case RINGBUF, USER_RINGBUF, PERF_EVENT_ARRAY, ARENA, STRUCT_OPS ->
                comment + """
                    */
                    public BpfMap %s() {
                        return object.map("%s").orElseThrow();
                    }
                    """.formatted(name, map.name());
            default -> comment + typedMap(map, name);
        };
    }

    private String typedMap(MapSpec map, String name) {
        JavaType key = typed(map.keyType(), map.keySize());
        JavaType value = holdsIds(map.type()) ? JavaType.Number.INT : typed(map.valueType(), map.valueSize());
        boolean perCpu = PerCpuValues.isPerCpu(map);
        String values = perCpu ? "List<" + value.boxed() + ">" : value.boxed();
        String codec = perCpu ? "Codec.perCpu(" + value.codec() + ", cpus)" : value.codec();
        return (perCpu ? "@param cpus how many there may be */" : "*/")
                + """

                public TypedMap<%s, %s> %s(%s) {
                    return TypedMap.of(object.map("%s").orElseThrow(), %s, %s);
                }
                """.formatted(key.boxed(), values, name, perCpu ? "int cpus" : "", map.name(), key.codec(), codec);
    }

    private static boolean holdsIds(MapType type) {
        return switch (type) {
            case PROG_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS -> true;
            default -> false;
        };
    }

    private JavaType typed(int typeId, int size) {
        if (typeId != 0) {
            return records.of(typeId);
        }
        return size == Integer.BYTES ? JavaType.Number.INT : new JavaType.Raw(size);
    }

    private String global(Global global) {
        JavaType type = records.of(global.typeId());
        String name = members.unique(JavaNames.member(global.name()));
        String at = String.valueOf(global.offset());
        String getter =
                """
                /** The global variable {@code %s}. */
                public %s %s() {
                    ByteBuffer in = section("%s");
                    return %s;
                }
                """.formatted(global.name(), type.name(), name, global.map().name(), type.read(at));
        boolean constant =
                global.map().role() == MapSpec.Role.RODATA || global.map().role() == MapSpec.Role.KCONFIG;
        return constant
                ? getter
                : getter
                        + """

                /** Sets the global variable {@code %s}; a program's change to others of its section meanwhile may be lost. */
                public void %s(%s value) {
                    ByteBuffer out = section("%s");
                    %s
                    store("%s", out);
                }
                """.formatted(
                                        global.name(),
                                        name,
                                        type.name(),
                                        global.map().name(),
                                        type.write(at, "value"),
                                        global.map().name());
    }

    private static String indented(String text) {
        return text.indent(4).replaceAll("(?m)^ +$", "");
    }
}

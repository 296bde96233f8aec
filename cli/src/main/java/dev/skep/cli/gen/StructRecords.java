package dev.skep.cli.gen;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The records that stand for structs: found as the types that need them are asked for. */
final class StructRecords {
    private final Btf btf;
    private final BtfLayout layout;
    private final JavaNames names;
    private final Map<Integer, JavaType> byType = new LinkedHashMap<>();
    private final List<String> sources = new ArrayList<>();

    StructRecords(Btf btf, JavaNames names) {
        this.btf = btf;
        this.layout = new BtfLayout(btf);
        this.names = names;
    }

    /** The counterpart of a type. */
    JavaType of(int typeId) {
        int id = btf.strip(typeId);
        return switch (btf.type(id)) {
            case BtfType.Int t when t.bool() -> new JavaType.Truth();
            case BtfType.Int t -> number(t.size());
            case BtfType.Enumeration t -> number(t.size());
            case BtfType.Pointer _ -> JavaType.Number.LONG;
            case BtfType.Composite t when !t.union() && !t.members().isEmpty() -> struct(id, t);
            default -> new JavaType.Raw(layout.size(id));
        };
    }

    private static JavaType number(int size) {
        return switch (size) {
            case 1 -> JavaType.Number.BYTE;
            case 2 -> JavaType.Number.SHORT;
            case 4 -> JavaType.Number.INT;
            case 8 -> JavaType.Number.LONG;
            default -> new JavaType.Raw(size);
        };
    }

    private JavaType struct(int id, BtfType.Composite struct) {
        JavaType known = byType.get(id);
        if (known != null) {
            return known;
        }
        String name = names.unique(JavaNames.type(struct.name().isEmpty() ? "struct" + id : struct.name()));
        JavaType.Struct type = new JavaType.Struct(name, struct.size());
        byType.put(id, type);
        sources.add(source(type, fields(struct), struct, layout.alignment(id)));
        return type;
    }

    /** A record's component. @param offset in the struct, in bytes */
    private record Field(String name, JavaType type, int offset) {}

    /** Bit fields share bytes, so all up to the next member that begins on one are a component of raw bytes. */
    private List<Field> fields(BtfType.Composite struct) {
        List<Field> fields = new ArrayList<>();
        JavaNames components = new JavaNames(Set.of("at", "putAt", "rawBytes", "codec"));
        List<BtfType.Member> members = struct.members();
        for (int i = 0; i < members.size(); i++) {
            BtfType.Member member = members.get(i);
            String name = components.unique(JavaNames.member(member.name().isEmpty() ? "unnamed" + i : member.name()));
            if (member.bitfieldSize() == 0) {
                fields.add(new Field(name, of(member.type()), member.bitOffset() / 8));
                continue;
            }
            int first = i;
            while (i + 1 < members.size() && members.get(i + 1).bitfieldSize() != 0) {
                i++;
            }
            int from = members.get(first).bitOffset() / 8;
            int end = i + 1 < members.size() ? members.get(i + 1).bitOffset() / 8 : struct.size();
            fields.add(new Field(name, new JavaType.Raw(end - from), from));
        }
        return fields;
    }

    private String source(JavaType.Struct type, List<Field> fields, BtfType.Composite struct, int alignment) {
        String components =
                fields.stream().map(f -> f.type.name() + " " + f.name).collect(Collectors.joining(", "));
        String reads = fields.stream()
                .map(f -> f.type.read("at + " + f.offset))
                .collect(Collectors.joining(",\n                "));
        String writes = fields.stream()
                .map(f -> f.type.write("at + " + f.offset, f.name))
                .collect(Collectors.joining("\n        "));
        return """
                /** {@code %s}: %d bytes. */
                public record %s(%s) {
                    /** Its bytes. */
                    public static final Codec<%s> CODEC =
                            codec(%d, %d, %s::at, (value, out) -> value.putAt(out, out.position()));

                    static %s at(ByteBuffer in, int at) {
                        return new %s(
                                %s);
                    }

                    void putAt(ByteBuffer out, int at) {
                        %s
                    }
                }
                """.formatted(
                        struct.name().isEmpty() ? "struct" : "struct " + struct.name(),
                        type.size(),
                        type.name(),
                        components,
                        type.name(),
                        type.size(),
                        alignment,
                        type.name(),
                        type.name(),
                        type.name(),
                        reads,
                        writes);
    }

    /** The source of all records asked for so far. */
    List<String> sources() {
        return List.copyOf(sources);
    }
}

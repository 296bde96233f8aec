package dev.skep.cli.types;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A BTF type as {@code bpftool btf dump} spells it out: what raw and JSON output have in common.
 *
 * @param id its id
 * @param kind {@code INT}, {@code STRUCT}, ...
 * @param name {@code (anon)} if it has none
 * @param attributes in the order of output
 * @param parts what bpftool's JSON calls the list of parts, and the parts; empty for kinds without
 */
record TypeDescription(int id, String kind, String name, List<Attribute> attributes, Optional<Parts> parts) {
    private static final String ANONYMOUS = "(anon)";

    /** A name and a number ({@code Long}) or word ({@code String}). */
    record Attribute(String name, Object value) {}

    /** The members, values, parameters or variables of a type. */
    record Parts(String title, List<Part> list) {}

    /** @param name empty for a section's variables, which are told by their type */
    record Part(Optional<String> name, List<Attribute> attributes) {}

    static TypeDescription of(Btf btf, int id) {
        BtfType type = btf.type(id);
        String kind = BtfKind.of(type).name();
        return switch (type) {
            case BtfType.Void _ -> plain(id, kind, type);
            case BtfType.Int t ->
                plain(
                        id,
                        kind,
                        type,
                        number("size", t.size()),
                        number("bits_offset", t.offset()),
                        number("nr_bits", t.bits()),
                        word("encoding", encoding(t)));
            case BtfType.Pointer t -> plain(id, kind, type, number("type_id", t.target()));
            case BtfType.Array t ->
                plain(
                        id,
                        kind,
                        type,
                        number("type_id", t.element()),
                        number("index_type_id", t.index()),
                        unsigned("nr_elems", t.length()));
            case BtfType.Composite t ->
                of(
                        id,
                        kind,
                        type,
                        new Parts(
                                "members",
                                t.members().stream()
                                        .map(TypeDescription::member)
                                        .toList()),
                        unsigned("size", t.size()));
            case BtfType.Enumeration t ->
                of(
                        id,
                        kind,
                        type,
                        new Parts(
                                "values",
                                t.enumerators().stream().map(e -> value(t, e)).toList()),
                        word("encoding", t.signed() ? "SIGNED" : "UNSIGNED"),
                        number("size", t.size()));
            case BtfType.Forward t -> plain(id, kind, type, word("fwd_kind", t.union() ? "union" : "struct"));
            case BtfType.Typedef t -> plain(id, kind, type, number("type_id", t.target()));
            case BtfType.Qualified t -> plain(id, kind, type, number("type_id", t.target()));
            case BtfType.Function t ->
                plain(id, kind, type, number("type_id", t.prototype()), word("linkage", lower(t.linkage())));
            case BtfType.FunctionPrototype t ->
                of(
                        id,
                        kind,
                        type,
                        new Parts(
                                "params",
                                t.parameters().stream()
                                        .map(TypeDescription::parameter)
                                        .toList()),
                        number("ret_type_id", t.returnType()));
            case BtfType.Variable t ->
                plain(id, kind, type, number("type_id", t.type()), word("linkage", lower(t.linkage())));
            case BtfType.DataSection t ->
                of(
                        id,
                        kind,
                        type,
                        new Parts(
                                "vars",
                                t.variables().stream()
                                        .map(TypeDescription::variable)
                                        .toList()),
                        unsigned("size", t.size()));
            case BtfType.Float t -> plain(id, kind, type, number("size", t.size()));
            case BtfType.DeclarationTag t ->
                plain(id, kind, type, number("type_id", t.target()), number("component_idx", t.component()));
            case BtfType.TypeTag t -> plain(id, kind, type, number("type_id", t.target()));
        };
    }

    private static TypeDescription plain(int id, String kind, BtfType type, Attribute... attributes) {
        return new TypeDescription(id, kind, named(type.name()), List.of(attributes), Optional.empty());
    }

    /** A type with parts, whose number comes after its attributes. */
    private static TypeDescription of(int id, String kind, BtfType type, Parts parts, Attribute... attributes) {
        List<Attribute> all = new java.util.ArrayList<>(List.of(attributes));
        // The trailing "..." of a variadic function is one more parameter of type 0 in the file.
        boolean variadic = type instanceof BtfType.FunctionPrototype prototype && prototype.variadic();
        all.add(number("vlen", parts.list().size() + (variadic ? 1 : 0)));
        List<Part> list = new java.util.ArrayList<>(parts.list());
        if (variadic) {
            list.add(parameter(new BtfType.Parameter("", 0)));
        }
        return new TypeDescription(id, kind, named(type.name()), all, Optional.of(new Parts(parts.title(), list)));
    }

    private static Part member(BtfType.Member member) {
        List<Attribute> place = List.of(number("type_id", member.type()), unsigned("bits_offset", member.bitOffset()));
        List<Attribute> bitfield = List.of(
                number("type_id", member.type()),
                unsigned("bits_offset", member.bitOffset()),
                number("bitfield_size", member.bitfieldSize()));
        return new Part(Optional.of(named(member.name())), member.bitfieldSize() == 0 ? place : bitfield);
    }

    private static Part value(BtfType.Enumeration type, BtfType.Enumerator enumerator) {
        Object value = type.signed()
                ? (Object) enumerator.value()
                : new java.math.BigInteger(Long.toUnsignedString(enumerator.value()));
        return new Part(Optional.of(named(enumerator.name())), List.of(new Attribute("val", value)));
    }

    private static Part parameter(BtfType.Parameter parameter) {
        return new Part(Optional.of(named(parameter.name())), List.of(number("type_id", parameter.type())));
    }

    private static Part variable(BtfType.SectionVariable variable) {
        return new Part(
                Optional.empty(),
                List.of(
                        number("type_id", variable.type()),
                        unsigned("offset", variable.offset()),
                        unsigned("size", variable.size())));
    }

    private static String encoding(BtfType.Int type) {
        if (type.signed()) {
            return "SIGNED";
        }
        if (type.character()) {
            return "CHAR";
        }
        return type.bool() ? "BOOL" : "(none)";
    }

    private static String lower(BtfType.Linkage linkage) {
        return linkage.name().toLowerCase(Locale.ROOT);
    }

    private static String named(String name) {
        return name.isEmpty() ? ANONYMOUS : name;
    }

    private static Attribute number(String name, int value) {
        return new Attribute(name, (long) value);
    }

    private static Attribute unsigned(String name, int value) {
        return new Attribute(name, Integer.toUnsignedLong(value));
    }

    private static Attribute word(String name, String value) {
        return new Attribute(name, value);
    }
}

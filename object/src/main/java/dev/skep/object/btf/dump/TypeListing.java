package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;

/**
 * Every type as it stands in the file, in the two forms of {@code bpftool btf dump file FILE} (bpftool 7.1): lines of text,
 * and JSON ({@code bpftool -j}). Types are given one at a time, so that a caller can print the 127,000 of a kernel without
 * holding them.
 */
public final class TypeListing {
    private final Btf btf;

    /** Lists the types of {@code btf}, including those of its base by their ids. */
    public TypeListing(Btf btf) {
        this.btf = btf;
    }

    /**
     * A type as text: a line that starts with {@code [id] KIND 'name'}, then an indented line for each member, enumerator,
     * parameter or variable. No line end after the last.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     */
    public String text(int id) {
        TextFields fields = new TextFields(btf, id);
        describe(btf.type(id), fields);
        return fields.toString();
    }

    /**
     * A type as a JSON object without spaces or line ends.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     */
    public String json(int id) {
        JsonFields fields = new JsonFields(btf, id);
        describe(btf.type(id), fields);
        return fields.end();
    }

    private void describe(BtfType type, FieldSink sink) {
        switch (type) {
            case BtfType.Int t -> {
                sink.number("size", t.size());
                sink.number("bits_offset", t.offset());
                sink.number("nr_bits", t.bits());
                sink.word("encoding", encoding(t));
            }
            case BtfType.Array t -> {
                sink.number("type_id", t.element());
                sink.number("index_type_id", t.index());
                sink.number("nr_elems", t.length());
            }
            case BtfType.Composite t -> composite(t, sink);
            case BtfType.Enumeration t -> enumeration(t, sink);
            case BtfType.Forward t -> sink.word("fwd_kind", t.union() ? "union" : "struct");
            case BtfType.FunctionPrototype t -> prototype(t, sink);
            case BtfType.Function t -> {
                sink.number("type_id", t.prototype());
                sink.word("linkage", linkage(t.linkage()));
            }
            case BtfType.Variable t -> {
                sink.numberBeforeComma("type_id", t.type());
                sink.word("linkage", linkage(t.linkage()));
            }
            case BtfType.DataSection t -> dataSection(t, sink);
            case BtfType.Float t -> sink.number("size", t.size());
            case BtfType.DeclarationTag t -> {
                sink.number("type_id", t.target());
                sink.number("component_idx", t.component());
            }
            case BtfType.Pointer t -> sink.number("type_id", t.target());
            case BtfType.Typedef t -> sink.number("type_id", t.target());
            case BtfType.Qualified t -> sink.number("type_id", t.target());
            case BtfType.TypeTag t -> sink.number("type_id", t.target());
            case BtfType.Void _ -> {}
        }
    }

    private static void composite(BtfType.Composite type, FieldSink sink) {
        sink.number("size", type.size());
        sink.entries("members", type.members().size());
        for (BtfType.Member member : type.members()) {
            sink.entry(member.name());
            sink.number("type_id", member.type());
            sink.number("bits_offset", member.bitOffset());
            if (member.bitfieldSize() != 0) {
                sink.number("bitfield_size", member.bitfieldSize());
            }
        }
    }

    private static void enumeration(BtfType.Enumeration type, FieldSink sink) {
        sink.word("encoding", type.signed() ? "SIGNED" : "UNSIGNED");
        sink.number("size", type.size());
        sink.entries("values", type.enumerators().size());
        String suffix = type.signed() ? "LL" : "ULL";
        for (BtfType.Enumerator enumerator : type.enumerators()) {
            sink.entry(enumerator.name());
            String value =
                    type.signed() ? Long.toString(enumerator.value()) : Long.toUnsignedString(enumerator.value());
            sink.digits("val", value, type.wide() ? suffix : "");
        }
    }

    private static void prototype(BtfType.FunctionPrototype type, FieldSink sink) {
        sink.number("ret_type_id", type.returnType());
        sink.entries("params", type.parameters().size() + (type.variadic() ? 1 : 0));
        for (BtfType.Parameter parameter : type.parameters()) {
            sink.entry(parameter.name());
            sink.number("type_id", parameter.type());
        }
        if (type.variadic()) {
            sink.entry("");
            sink.number("type_id", 0);
        }
    }

    private static void dataSection(BtfType.DataSection type, FieldSink sink) {
        sink.number("size", type.size());
        sink.entries("vars", type.variables().size());
        for (BtfType.SectionVariable variable : type.variables()) {
            sink.entry();
            sink.number("type_id", variable.type());
            sink.number("offset", variable.offset());
            sink.number("size", variable.size());
            sink.remarkOn(variable.type());
        }
    }

    private static String encoding(BtfType.Int type) {
        int kinds = (type.signed() ? 1 : 0) + (type.character() ? 1 : 0) + (type.bool() ? 1 : 0);
        if (kinds > 1) {
            return "UNKN";
        }
        if (type.signed()) {
            return "SIGNED";
        }
        if (type.character()) {
            return "CHAR";
        }
        return type.bool() ? "BOOL" : "(none)";
    }

    private static String linkage(BtfType.Linkage linkage) {
        return switch (linkage) {
            case STATIC -> "static";
            case GLOBAL -> "global";
            case EXTERN -> "extern";
        };
    }

    static String kindLabel(Btf btf, int id) {
        return id == 0 ? "UNKN" : btf.kind(id).name();
    }

    static String shown(String name) {
        return name.isEmpty() ? "(anon)" : name;
    }

    /** {@code VAR 'name'}, as a remark on an id. */
    static String remark(Btf btf, int id) {
        return BtfKind.of(btf.type(id)) + " '" + shown(btf.name(id)) + "'";
    }
}

package dev.skep.compiler.java;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.object.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives globals their places in {@code .rodata}, {@code .data} and {@code .bss}. */
final class Globals {
    /** A section that grows. */
    private static final class Section {
        final List<GlobalSection.Variable> variables = new ArrayList<>();
        final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    }

    /** What a global is called. @param owner internal name of the class whose static field it is, {@code ""} for others */
    record Name(String owner, String field) {
        static Name made(String name) {
            return new Name("", name);
        }

        String source() {
            return owner.isEmpty() ? "" : owner + "." + field;
        }
    }

    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, Operation.GlobalAddress> literals = new HashMap<>();
    private final Map<String, Operation.GlobalAddress> tables = new HashMap<>();

    /** A new global with its first bytes, which are as many as its type has. @param name of a static field */
    Operation.GlobalAddress add(String section, Name name, CType type, byte[] contents) {
        Section target = sections.computeIfAbsent(section, s -> new Section());
        while (target.contents.size() % type.alignment() != 0) {
            target.contents.write(0);
        }
        int offset = target.contents.size();
        target.variables.add(new GlobalSection.Variable(free(name), name.source(), type, offset));
        target.contents.writeBytes(contents);
        return new Operation.GlobalAddress(section, offset);
    }

    /** The field's name; another one for a field that is named as one of another class. */
    private String free(Name name) {
        boolean taken = sections.values().stream()
                .flatMap(section -> section.variables.stream())
                .anyMatch(variable -> variable.name().equals(name.field()));
        return taken ? ClassPool.simpleName(name.owner()).replace('.', '_') + "_" + name.field() : name.field();
    }

    /** A static field that is a number: in {@code .rodata}, {@code .data}, or if it is 0 in {@code .bss}. */
    Operation.GlobalAddress number(Name name, FieldType.Number type, long value, boolean readOnly) {
        byte[] bytes = new byte[8];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        String section = readOnly ? ".rodata" : value == 0 ? ".bss" : ".data";
        return add(section, name, type.type(), Arrays.copyOf(bytes, type.size()));
    }

    /** A static field that is an array: in {@code .data}, or if all elements are 0 in {@code .bss}. */
    Operation.GlobalAddress array(Name name, FieldType.Number element, List<Long> values) {
        boolean zero = values.stream().allMatch(value -> value == 0);
        return array(zero ? ".bss" : ".data", name, element, values);
    }

    private Operation.GlobalAddress array(String section, Name name, FieldType.Number element, List<Long> values) {
        // Each number is written with eight bytes, the next ones over those that are too many.
        ByteBuffer bytes =
                ByteBuffer.allocate(values.size() * element.size() + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.size(); i++) {
            bytes.putLong(i * element.size(), values.get(i));
        }
        byte[] contents = Arrays.copyOf(bytes.array(), values.size() * element.size());
        return add(section, name, new CType.Array(element.type(), values.size()), contents);
    }

    /** A text with a zero behind it, in {@code .rodata}; the same text lies there once. */
    Operation.GlobalAddress text(String text) {
        return literals.computeIfAbsent(text, t -> {
            byte[] bytes = (t + "\0").getBytes(StandardCharsets.UTF_8);
            CType character = new CType.Scalar("char", 1, CType.Scalar.Encoding.CHARACTER);
            return add(
                    ".rodata", Name.made("text_" + literals.size()), new CType.Array(character, bytes.length), bytes);
        });
    }

    /** A table that never changes, in {@code .rodata}; one with the same name lies there once. */
    Operation.GlobalAddress table(String name, FieldType.Number element, List<Long> values) {
        return tables.computeIfAbsent(name, n -> array(".rodata", Name.made(name), element, values));
    }

    /** All sections as they are now. */
    List<GlobalSection> sections() {
        List<GlobalSection> result = new ArrayList<>();
        sections.forEach((name, section) -> {
            byte[] contents = section.contents.toByteArray();
            result.add(
                    new GlobalSection(name, section.variables, name.equals(".bss") ? Bytes.EMPTY : Bytes.of(contents)));
        });
        return result;
    }
}

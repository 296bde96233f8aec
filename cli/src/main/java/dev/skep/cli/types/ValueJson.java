package dev.skep.cli.types;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.object.btf.value.BtfValue;
import java.io.IOException;

/**
 * Writes values as JSON: integers and pointers as numbers, structs as objects by field, arrays as arrays (those of characters too,
 * so that a value's form depends on its type alone), an enumeration's value by its name if it has one, what has no type as
 * hexadecimal digits.
 */
public final class ValueJson {
    private ValueJson() {}

    /** Writes one value. */
    public static void write(JsonGenerator json, BtfValue value) throws IOException {
        switch (value) {
            case BtfValue.Whole v -> json.writeNumber(v.value());
            case BtfValue.Real v -> json.writeNumber(v.value());
            case BtfValue.Truth v -> json.writeBoolean(v.value());
            case BtfValue.Text v -> json.writeString(v.value());
            case BtfValue.Choice v -> {
                if (v.name().isPresent()) {
                    json.writeString(v.name().get());
                } else {
                    json.writeNumber(v.value());
                }
            }
            case BtfValue.Address v -> json.writeNumber(new java.math.BigInteger(Long.toUnsignedString(v.address())));
            case BtfValue.Struct v -> writeStruct(json, v);
            case BtfValue.Sequence v -> writeSequence(json, v);
            case BtfValue.Opaque v -> json.writeString(v.bytes().toString());
        }
    }

    private static void writeStruct(JsonGenerator json, BtfValue.Struct struct) throws IOException {
        json.writeStartObject();
        for (BtfValue.Field field : struct.fields()) {
            json.writeFieldName(field.name());
            write(json, field.value());
        }
        json.writeEndObject();
    }

    private static void writeSequence(JsonGenerator json, BtfValue.Sequence sequence) throws IOException {
        json.writeStartArray();
        for (BtfValue element : sequence.elements()) {
            write(json, element);
        }
        json.writeEndArray();
    }
}

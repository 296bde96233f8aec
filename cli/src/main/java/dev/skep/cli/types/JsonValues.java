package dev.skep.cli.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.value.BtfValue;
import java.util.ArrayList;
import java.util.List;

/** Makes values of JSON, the way {@link ValueJson} writes them. */
public final class JsonValues {
    private JsonValues() {}

    /**
     * The value that {@code node} writes. Its type is judged later, when it is made into bytes.
     *
     * @param where what holds the JSON, for messages
     * @throws InputException for null, which no value of C is
     */
    public static BtfValue of(JsonNode node, Location where) {
        return switch (node.getNodeType()) {
            case NUMBER ->
                node.isIntegralNumber()
                        ? new BtfValue.Whole(node.bigIntegerValue())
                        : new BtfValue.Real(node.doubleValue());
            case BOOLEAN -> new BtfValue.Truth(node.booleanValue());
            case STRING -> new BtfValue.Text(node.textValue());
            case ARRAY -> {
                List<BtfValue> elements = new ArrayList<>();
                node.forEach(element -> elements.add(of(element, where)));
                yield BtfValue.Sequence.of(elements);
            }
            case OBJECT -> {
                List<BtfValue.Field> fields = new ArrayList<>();
                node.properties().forEach(f -> fields.add(new BtfValue.Field(f.getKey(), of(f.getValue(), where))));
                yield new BtfValue.Struct(fields);
            }
            default ->
                throw new InputException(where, "a value is null", "give a number, a string, an array or an object");
        };
    }
}

package dev.skep.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.types.Global;
import dev.skep.cli.types.JsonValues;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.value.BtfValueWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code --set NAME=VALUE} says: the value a global variable starts with. */
final class GlobalSetting {
    private GlobalSetting() {}

    /**
     * The object with the global's initial value changed.
     *
     * @param value JSON; anything that is none is taken as a string, so that names of enumerators need no quotes
     * @throws InputException if there is no such global, or the value does not fit its type
     */
    static BpfObject apply(BpfObject object, String name, String value) {
        Location where = Location.in("--set " + name);
        List<Global> globals = Global.of(object);
        Global global = globals.stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        where,
                        "there is no global variable '" + name + "'",
                        "there are: " + globals.stream().map(Global::name).collect(Collectors.joining(", "))));
        byte[] bytes =
                new BtfValueWriter(object.btf(), where).write(JsonValues.of(parse(value), where), global.typeId());
        byte[] contents = new byte[global.map().valueSize()];
        Bytes start = object.map(global.map().name()).orElseThrow().contents();
        start.copyTo(contents, 0);
        System.arraycopy(bytes, 0, contents, global.offset(), bytes.length);
        return object.withMap(object.map(global.map().name()).orElseThrow().withContents(Bytes.of(contents)));
    }

    private static JsonNode parse(String value) {
        try {
            return new JsonMapper().readTree(value);
        } catch (JsonProcessingException e) {
            return new JsonMapper().getNodeFactory().textNode(value);
        }
    }
}

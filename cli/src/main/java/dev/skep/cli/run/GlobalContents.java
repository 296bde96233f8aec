package dev.skep.cli.run;

import dev.skep.cli.types.Global;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A global variable and its value when it was looked at. */
record GlobalContents(Global global, BtfValue value) {
    private static final byte[] ONLY_KEY = new byte[4];

    /** All globals of a loaded object. */
    static List<GlobalContents> of(BpfObject object, LoadedObject loaded) {
        BtfValueReader reader = new BtfValueReader(object.btf());
        List<GlobalContents> contents = new ArrayList<>();
        for (Global global : Global.of(object)) {
            Optional<byte[]> section =
                    loaded.map(global.map().name()).map(BpfMap.class::cast).flatMap(map -> map.lookup(ONLY_KEY));
            section.ifPresent(bytes -> {
                byte[] variable = Arrays.copyOfRange(bytes, global.offset(), global.offset() + global.size());
                contents.add(new GlobalContents(global, reader.read(variable, global.typeId())));
            });
        }
        return contents;
    }
}

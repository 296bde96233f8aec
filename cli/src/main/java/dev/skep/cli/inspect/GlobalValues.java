package dev.skep.cli.inspect;

import dev.skep.cli.types.Global;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;

/** The values that globals start with. */
final class GlobalValues {
    private final BtfValueReader reader;

    GlobalValues(BpfObject object) {
        reader = new BtfValueReader(object.btf());
    }

    BtfValue of(Global global) {
        return reader.read(
                global.map().contents().slice(global.offset(), global.size()).toArray(), global.typeId());
    }
}

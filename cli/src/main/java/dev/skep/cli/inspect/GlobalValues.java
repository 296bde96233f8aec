package dev.skep.cli.inspect;

import dev.skep.cli.types.Global;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import java.util.Arrays;

/** The values that globals start with. */
final class GlobalValues {
    private final BtfValueReader reader;

    GlobalValues(BpfObject object) {
        reader = new BtfValueReader(object.btf());
    }

    BtfValue of(Global global) {
        // Globals that start as zero (.bss) have no bytes in the file.
        byte[] section =
                Arrays.copyOf(global.map().contents().toArray(), global.map().valueSize());
        return reader.read(
                Arrays.copyOfRange(section, global.offset(), global.offset() + global.size()), global.typeId());
    }
}

package dev.skep.trace.run;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.map.MapSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A global variable of a loaded object, found by its name. */
record Globals(BpfMap section, int offset, int size) {
    private static final byte[] ONLY_KEY = new byte[Integer.BYTES];

    static Optional<Globals> find(BpfObject object, LoadedObject loaded, String name) {
        for (MapSpec map : object.maps()) {
            if (map.dataSection() != 0 && object.btf().type(map.dataSection()) instanceof BtfType.DataSection section) {
                for (BtfType.SectionVariable place : section.variables()) {
                    if (object.btf().type(place.type()) instanceof BtfType.Variable variable
                            && variable.name().equals(name)) {
                        Optional<BpfMap> found = loaded.map(map.name()).map(BpfMap.class::cast);
                        return found.map(live -> new Globals(live, place.offset(), place.size()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Its bytes now. */
    ByteBuffer read() {
        byte[] all = section.lookup(ONLY_KEY).orElseThrow();
        return ByteBuffer.wrap(all, offset, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sets its first 64 bits. */
    void writeLong(long value) {
        byte[] all = section.lookup(ONLY_KEY).orElseThrow();
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
        section.update(ONLY_KEY, all);
    }

    /** Sets its first 32 bits. */
    void writeInt(int value) {
        byte[] all = section.lookup(ONLY_KEY).orElseThrow();
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        section.update(ONLY_KEY, all);
    }
}

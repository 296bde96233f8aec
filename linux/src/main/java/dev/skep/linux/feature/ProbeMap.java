package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.map.MapType;
import java.util.function.Consumer;

/**
 * A map, created only to hear what the kernel says to it.
 *
 * @param more sets further members of {@code BPF_MAP_CREATE}
 */
record ProbeMap(MapType type, int keySize, int valueSize, int maxEntries, Consumer<BpfAttr> more) {
    static ProbeMap of(MapType type, int keySize, int valueSize, int maxEntries) {
        return new ProbeMap(type, keySize, valueSize, maxEntries, _ -> {});
    }

    /** One number in an array. */
    static ProbeMap array() {
        return of(MapType.ARRAY, Integer.BYTES, Integer.BYTES, 1);
    }

    /** The same map, created with more settings. */
    ProbeMap with(Consumer<BpfAttr> settings) {
        return new ProbeMap(type, keySize, valueSize, maxEntries, more.andThen(settings));
    }

    ProbeMap withFlags(int flags) {
        return with(attr -> attr.set(MapCreate.MAP_FLAGS, flags));
    }

    /** Creates it and lets go of it. */
    Answer tryToCreate() {
        try (BpfAttr attr = attr()) {
            return ProbeProgram.closing(attr.call(BpfCommand.MAP_CREATE), "");
        }
    }

    /** Creates it and hands it over. @throws dev.skep.object.host.HostException if the kernel refuses */
    FileDescriptor create() {
        try (BpfAttr attr = attr()) {
            return attr.open(BpfCommand.MAP_CREATE, "create a map that probes for a feature");
        }
    }

    private BpfAttr attr() {
        BpfAttr attr = BpfAttr.take()
                .set(MapCreate.MAP_TYPE, type.number())
                .set(MapCreate.KEY_SIZE, keySize)
                .set(MapCreate.VALUE_SIZE, valueSize)
                .set(MapCreate.MAX_ENTRIES, maxEntries);
        more.accept(attr);
        KernelFeatures.token().ifPresent(token -> token.allowMap(attr));
        return attr;
    }
}

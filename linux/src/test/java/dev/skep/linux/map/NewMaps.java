package dev.skep.linux.map;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.BtfLoad;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.Btf;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Maps for tests, created with bpf(2) itself. */
public final class NewMaps {
    private NewMaps() {}

    /** A map with sizes alone. */
    public static LinuxMap create(MapType type, int keySize, int valueSize, int maxEntries) {
        return create(MapSpec.of("test", type, keySize, valueSize, maxEntries));
    }

    public static LinuxMap create(MapSpec spec) {
        try (BpfAttr attr = BpfAttr.take()) {
            return new LinuxMap(spec, describe(attr, spec).open(BpfCommand.MAP_CREATE, "create " + spec.type()));
        }
    }

    /** A map of maps like {@code inner}. */
    public static LinuxMap createOuter(MapSpec spec, LinuxMap inner) {
        try (BpfAttr attr = BpfAttr.take()) {
            describe(attr, spec).set(MapCreate.INNER_MAP_FD, inner.descriptor().number());
            return new LinuxMap(spec, attr.open(BpfCommand.MAP_CREATE, "create " + spec.type()));
        }
    }

    /** A map whose key and value types are {@code spec}'s, of {@code types}. */
    public static LinuxMap createDescribed(MapSpec spec, Btf types) {
        try (FileDescriptor btf = load(types);
                BpfAttr attr = BpfAttr.take()) {
            describe(attr, spec)
                    .set(MapCreate.BTF_FD, btf.number())
                    .set(MapCreate.BTF_KEY_TYPE_ID, spec.keyType())
                    .set(MapCreate.BTF_VALUE_TYPE_ID, spec.valueType());
            return new LinuxMap(spec, attr.open(BpfCommand.MAP_CREATE, "create " + spec.type()));
        }
    }

    private static BpfAttr describe(BpfAttr attr, MapSpec spec) {
        return attr.set(MapCreate.MAP_TYPE, spec.type().number())
                .set(MapCreate.KEY_SIZE, spec.keySize())
                .set(MapCreate.VALUE_SIZE, spec.valueSize())
                .set(MapCreate.MAX_ENTRIES, spec.maxEntries())
                .set(MapCreate.MAP_FLAGS, spec.flags())
                .set(MapCreate.MAP_NAME, spec.name())
                .setIfAny(MapCreate.MAP_EXTRA, spec.mapExtra());
    }

    /** Loads BTF into the kernel. */
    public static FileDescriptor load(Btf types) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment section = arena.allocateFrom(ValueLayout.JAVA_BYTE, types.write());
            attr.set(BtfLoad.BTF, section).set(BtfLoad.BTF_SIZE, section.byteSize());
            return attr.open(BpfCommand.BTF_LOAD, "load BTF");
        }
    }
}

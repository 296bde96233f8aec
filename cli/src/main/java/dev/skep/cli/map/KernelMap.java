package dev.skep.cli.map;

import dev.skep.linux.info.DescriptorNotes;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.system.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A map in the kernel, as a listing shows it.
 *
 * @param notes what only /proc tells of it
 */
record KernelMap(MapInfo info, DescriptorNotes notes) {
    /** Those with these ids; what has gone meanwhile is left out. */
    static List<KernelMap> withIds(List<Integer> ids) {
        List<KernelMap> maps = new ArrayList<>();
        for (int id : ids) {
            Optional<FileDescriptor> found = ObjectKind.MAP.find(id);
            if (found.isPresent()) {
                try (FileDescriptor descriptor = found.get()) {
                    maps.add(new KernelMap(MapInfo.of(descriptor), DescriptorNotes.of(descriptor)));
                }
            }
        }
        return maps;
    }

    /** Its type as bpftool writes it: {@code hash}, {@code percpu_array}. */
    String type() {
        return info.type().map(type -> type.name().toLowerCase(Locale.ROOT)).orElse("type " + info.typeNumber());
    }
}

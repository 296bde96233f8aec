package dev.skep.linux.load;

import dev.skep.linux.info.MapDifferences;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.MapMemory;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.KconfigValues;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.StructOpsSpec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The maps of one object: created, pinned or found, and filled with what stands in them from the start. */
final class ObjectMaps {
    private static final byte[] FIRST = number(0);

    private final BpfObject object;
    private final KernelTypes kernel;
    private final LoadOptions options;
    private final MapCreator creator;
    private final Map<String, LinuxMap> maps = new LinkedHashMap<>();
    private final Map<String, StructOpsValue> structOps = new HashMap<>();
    /** Maps that were there before: what other maps they hold is their users' business. */
    private final Set<LinuxMap> found = new HashSet<>();

    /** Pins, and folders made for them, in the order in which they were made. */
    private final List<Path> madeHere = new ArrayList<>();

    ObjectMaps(BpfObject object, KernelTypes kernel, LoadOptions options, MapCreator creator) {
        this.object = object;
        this.kernel = kernel;
        this.options = options;
        this.creator = creator;
    }

    /** Creates them. @param owned gets each that is ours to close, as soon as it is there @return by name, in the object's order */
    Map<String, LinuxMap> create(List<AutoCloseable> owned) {
        for (MapSpec map : object.maps()) {
            LinuxMap reused = options.reused.get(map.name());
            if (reused != null) {
                maps.put(map.name(), reused);
                found.add(reused);
            } else if (isWanted(map)) {
                maps.put(map.name(), create(map, owned));
            }
        }
        mapArena(owned);
        return maps;
    }

    private boolean isWanted(MapSpec map) {
        if (options.notCreated.contains(map.name()) || map.role() == MapSpec.Role.ARENA_GLOBALS) {
            return false;
        }
        return structOps(map).map(StructOpsSpec::autocreate).orElse(true);
    }

    private Optional<StructOpsSpec> structOps(MapSpec map) {
        return map.role() == MapSpec.Role.STRUCT_OPS
                ? object.structOps().stream()
                        .filter(s -> s.name().equals(map.name()))
                        .findFirst()
                : Optional.empty();
    }

    private LinuxMap create(MapSpec map, List<AutoCloseable> owned) {
        Optional<Path> path = pinPath(map);
        Optional<LinuxMap> there = path.flatMap(at -> pinned(map, at));
        if (there.isPresent()) {
            return keep(there.get(), owned);
        }
        Optional<StructOpsSpec> variable = structOps(map);
        variable.ifPresent(spec -> structOps.put(map.name(), StructOpsValue.of(object, spec, kernel)));
        LinuxMap created = creator.create(map, structOps.getOrDefault(map.name(), StructOpsValue.NONE));
        owned.add(created);
        fill(created);
        return path.isPresent() ? pin(map, created, path.get(), owned) : created;
    }

    private LinuxMap keep(LinuxMap there, List<AutoCloseable> owned) {
        owned.add(there);
        found.add(there);
        return there;
    }

    /** @return {@code created}, or the map that somebody else has pinned there since we looked */
    private LinuxMap pin(MapSpec map, LinuxMap created, Path path, List<AutoCloseable> owned) {
        try {
            Optional.ofNullable(path.getParent()).ifPresent(this::createFolders);
            created.pin(path);
            madeHere.add(path);
            return created;
        } catch (HostException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            LinuxMap there = pinned(map, path).orElseThrow(() -> e);
            owned.remove(created);
            created.close();
            return keep(there, owned);
        }
    }

    private void createFolders(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Optional.ofNullable(folder.getParent()).ifPresent(this::createFolders);
        try {
            Files.createDirectory(folder);
            madeHere.add(folder);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) { // else another process was faster
                throw SystemFailure.refused(e, "make the folder " + folder + " to pin maps in");
            }
        }
    }

    /** Takes back the pins and folders made here, as the object was not loaded after all. */
    void unpin(RuntimeException cause) {
        for (Path path : madeHere.reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException e) {
                continue; // somebody else has put something there
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private Optional<Path> pinPath(MapSpec map) {
        Path chosen = options.pins.get(map.name());
        if (chosen != null) {
            return Optional.of(chosen);
        }
        return map.pinning() == MapSpec.Pinning.BY_NAME
                ? Optional.of(options.pinFolder.resolve(map.name()))
                : Optional.empty();
    }

    /** The map that an earlier run has pinned. @throws HostException EINVAL if it is another kind of map */
    private static Optional<LinuxMap> pinned(MapSpec map, Path path) {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        MapSpec wanted = MapCreator.settled(map);
        LinuxMap there = new LinuxMap(wanted, Pin.open(path, ObjectKind.MAP));
        List<String> differences;
        try {
            differences = MapDifferences.between(there.info(), wanted);
        } catch (RuntimeException e) {
            there.close();
            throw e;
        }
        if (!differences.isEmpty()) {
            there.close();
            throw new HostException(
                    Errno.EINVAL,
                    "the map pinned at " + path + " cannot serve as " + map.name() + ": its "
                            + String.join(", its ", differences)
                            + "; remove the pin or give the map the same definition");
        }
        return Optional.of(there);
    }

    /** Globals get their first values; constants are closed to writing. */
    private void fill(LinuxMap map) {
        MapSpec spec = map.spec();
        switch (spec.role()) {
            case RODATA -> {
                map.update(FIRST, padded(spec.contents(), spec.valueSize()));
                map.freeze();
            }
            case KCONFIG -> {
                Bytes values = KconfigValues.contents(
                        object, spec.valueSize(), name -> KernelExterns.configured(name, options.configuration));
                map.update(FIRST, values.toArray());
                map.freeze();
            }
            case DATA, BSS -> {
                if (spec.contents().length() > 0) {
                    map.update(FIRST, padded(spec.contents(), spec.valueSize()));
                }
            }
            case DECLARED, STRUCT_OPS, ARENA_GLOBALS -> {}
        }
    }

    private static byte[] padded(Bytes contents, int size) {
        byte[] all = new byte[size];
        contents.copyTo(all, 0);
        return all;
    }

    /** An arena has its address only once it is mapped; its globals lie at its start. */
    private void mapArena(List<AutoCloseable> owned) {
        for (LinuxMap map : maps.values()) {
            if (map.spec().type() != MapType.ARENA) {
                continue;
            }
            MapMemory memory = map.memory(true);
            owned.add(memory);
            if (found.contains(map)) {
                continue; // its globals have their values
            }
            object.maps().stream()
                    .filter(spec -> spec.role() == MapSpec.Role.ARENA_GLOBALS)
                    .forEach(globals -> copyGlobals(globals, map, memory));
        }
    }

    private void copyGlobals(MapSpec globals, LinuxMap arena, MapMemory memory) {
        byte[] contents = globals.contents().toArray();
        if (contents.length > memory.all().byteSize()) {
            throw new InputException(
                    Location.in(object.name()).section(globals.name()),
                    "the arena " + arena.spec().name() + " is too small for " + contents.length + " bytes of globals",
                    "give it a larger max_entries");
        }
        memory.all().asSlice(0, contents.length).copyFrom(MemorySegment.ofArray(contents));
    }

    /** The member that a program implements; {@link StructOpsMember#NONE} for programs of other types. */
    StructOpsMember structOpsMember(ProgramSpec program) {
        if (program.type() != ProgramType.STRUCT_OPS) {
            return StructOpsMember.NONE;
        }
        for (StructOpsValue value : structOps.values()) {
            List<StructOpsValue.Slot> slots = value.programs().get(program.name());
            if (slots != null) {
                return new StructOpsMember(
                        value.structId(),
                        value.moduleDescriptor(),
                        slots.getFirst().index());
            }
        }
        return StructOpsMember.NONE;
    }

    /** Whether a variable that is created uses a {@code struct_ops} program, in a member that this kernel has; empty if no variable mentions it. */
    Optional<Boolean> structOpsWants(ProgramSpec program) {
        List<StructOpsSpec> users = object.structOps().stream()
                .filter(spec ->
                        spec.members().stream().anyMatch(m -> m.program().equals(program.name())))
                .toList();
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(structOps.values().stream()
                        .anyMatch(value -> value.programs().containsKey(program.name())));
    }

    /** Puts programs and maps where the source says: prog arrays, maps of maps, {@code struct_ops} variables. */
    void fillSlots(LinuxObject loaded, boolean strict) {
        for (LinuxMap map : maps.values()) {
            boolean inUse = found.contains(map) && map.spec().type() != MapType.PROG_ARRAY;
            for (MapSpec.InitialSlot slot :
                    inUse ? List.<MapSpec.InitialSlot>of() : map.spec().values()) {
                held(loaded, map, slot, strict).ifPresent(held -> map.put(number(slot.index()), held));
            }
        }
        structOps.forEach((name, value) -> loaded.structOps(name, bytes(loaded, value)));
    }

    private Optional<FileDescriptor> held(LinuxObject loaded, LinuxMap map, MapSpec.InitialSlot slot, boolean strict) {
        Optional<FileDescriptor> held = map.spec().type() == MapType.PROG_ARRAY
                ? loaded.program(slot.target()).map(LinuxProgram::descriptor)
                : Optional.ofNullable(maps.get(slot.target())).map(LinuxMap::descriptor);
        if (held.isEmpty() && strict) {
            throw new InputException(
                    Location.in(object.name()),
                    "slot " + slot.index() + " of map " + map.spec().name() + " should hold " + slot.target()
                            + ", which is not loaded",
                    "load it, or take it out of .values");
        }
        return held;
    }

    /** The variable with descriptors of its programs in place of their pointers. */
    private static byte[] bytes(LinuxObject loaded, StructOpsValue value) {
        byte[] data = value.data().clone();
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        value.programs()
                .forEach((name, slots) -> loaded.program(name)
                        .ifPresent(program -> slots.forEach(slot -> buffer.putLong(
                                slot.offset(), program.descriptor().number()))));
        return data;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}

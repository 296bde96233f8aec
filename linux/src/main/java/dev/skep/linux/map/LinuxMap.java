package dev.skep.linux.map;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapElement;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/** A map in the kernel. Closing it lets go of it; it stays there as long as a program, a pin or another map holds it. */
public final class LinuxMap implements BpfMap, AutoCloseable {
    private final MapSpec spec;
    private final FileDescriptor descriptor;

    /** @param spec what it was created from, sizes as the kernel has them @param descriptor owned from here on */
    public LinuxMap(MapSpec spec, FileDescriptor descriptor) {
        this.spec = spec;
        this.descriptor = descriptor;
    }

    /** The map with this id. Its spec is what the kernel knows: {@link MapInfo#spec()}. @throws HostException if there is none */
    public static LinuxMap ofId(int id) {
        return of(ObjectKind.MAP.open(id));
    }

    /** The map pinned at a path, with the spec of {@link MapInfo#spec()}. @throws HostException if there is none */
    public static LinuxMap ofPin(Path path) {
        return of(Pin.open(path, ObjectKind.MAP));
    }

    private static LinuxMap of(FileDescriptor descriptor) {
        try {
            return new LinuxMap(MapInfo.of(descriptor).spec(), descriptor);
        } catch (HostException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public MapSpec spec() {
        return spec;
    }

    /** The map's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** What the kernel says about it now. @throws HostException if the kernel refuses */
    public MapInfo info() {
        return MapInfo.of(descriptor);
    }

    /** Keeps the map under a path in a bpf file system. @throws HostException if the kernel refuses */
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor.number());
            attr.call(BpfCommand.OBJ_PIN, "pin map " + spec.name() + " at " + path);
        }
    }

    @Override
    public Optional<byte[]> lookup(byte[] key) {
        return lookup(BpfCommand.MAP_LOOKUP_ELEM, key);
    }

    @Override
    public Optional<byte[]> lookupAndDelete(byte[] key) {
        return lookup(BpfCommand.MAP_LOOKUP_AND_DELETE_ELEM, key);
    }

    private Optional<byte[]> lookup(BpfCommand command, byte[] key) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment value = arena.allocate(Math.max(1, spec.valueSize()), 8);
            element(attr, arena, key).set(MapElement.VALUE, value);
            long result = attr.call(command);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                return Optional.empty();
            }
            SystemFailure.check(result, "look up in map " + spec.name());
            return Optional.of(value.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Override
    public void update(byte[] key, byte[] value, long flags) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            element(attr, arena, key)
                    .set(MapElement.VALUE, arena.allocateFrom(ValueLayout.JAVA_BYTE, value))
                    .set(MapElement.FLAGS, flags);
            attr.call(BpfCommand.MAP_UPDATE_ELEM, "update map " + spec.name());
        }
    }

    @Override
    public boolean delete(byte[] key) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            long result = element(attr, arena, key).call(BpfCommand.MAP_DELETE_ELEM);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                return false;
            }
            SystemFailure.check(result, "delete from map " + spec.name());
            return true;
        }
    }

    @Override
    public Optional<byte[]> nextKey(Optional<byte[]> key) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment next = arena.allocate(Math.max(1, spec.keySize()), 8);
            element(attr, arena, key.orElse(new byte[0])).set(MapElement.NEXT_KEY, next);
            long result = attr.call(BpfCommand.MAP_GET_NEXT_KEY);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                return Optional.empty();
            }
            SystemFailure.check(result, "walk map " + spec.name());
            return Optional.of(next.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Override
    public void freeze() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapElement.MAP_FD, descriptor.number());
            attr.call(BpfCommand.MAP_FREEZE, "freeze map " + spec.name());
        }
    }

    private BpfAttr element(BpfAttr attr, Arena arena, byte[] key) {
        return attr.set(MapElement.MAP_FD, descriptor.number())
                .set(MapElement.KEY, arena.allocateFrom(ValueLayout.JAVA_BYTE, key));
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "map " + spec.name();
    }
}

package dev.skep.linux.map;

import dev.skep.linux.info.DescriptorNotes;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/** Says why the kernel refused an operation on a map: which map, which key, and what the error number means there. */
final class MapFailure {
    private static final int LONGEST_KEY = 16; // bytes shown

    private MapFailure() {}

    /**
     * @param result what the call returned, negative @param verb what was tried, in the infinitive: {@code update}
     * @param key empty for operations without one
     */
    static HostException of(
            long result, String verb, MapSpec spec, FileDescriptor descriptor, MemorySegment key, long flags) {
        String what = key.byteSize() == 0 ? verb : verb + " key " + shortened(key) + " of";
        return SystemFailure.refused(
                result,
                what + " map " + spec.name() + " (" + spec.type() + ")",
                advice(SystemFailure.errno(result), verb, spec, descriptor, flags));
    }

    /** A key or value of the wrong length, found before the kernel reads past its end. */
    static HostException wrongSize(MapSpec spec, String part, long found, long expected) {
        return new HostException(
                Errno.EINVAL,
                "map " + spec.name() + " (" + spec.type() + ") has " + part + "s of " + expected + " bytes, not of "
                        + found
                        + (part.equals("value") && isPerCpu(spec.type())
                                ? "; a value is those of all possible CPUs, each rounded up to 8 bytes"
                                : ""));
    }

    static boolean isPerCpu(MapType type) {
        return switch (type) {
            case PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
            default -> false;
        };
    }

    private static String shortened(MemorySegment key) {
        byte[] shown = key.asSlice(0, Math.min(LONGEST_KEY, key.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        return "0x" + HexFormat.of().formatHex(shown) + (key.byteSize() > LONGEST_KEY ? "..." : "");
    }

    private static String advice(Errno errno, String verb, MapSpec spec, FileDescriptor descriptor, long flags) {
        return switch (errno) {
            case E2BIG ->
                isArray(spec.type())
                        ? "indexes go from 0 to " + (Integer.toUnsignedLong(spec.maxEntries()) - 1)
                        : full(spec);
            case ENOSPC ->
                switch (spec.type()) {
                    case SOCKMAP, SOCKHASH, REUSEPORT_SOCKARRAY ->
                        "only maps with values of 8 bytes show their sockets, by cookie";
                    default -> full(spec);
                };
            case EEXIST ->
                (flags & BpfMap.NOEXIST) != 0 ? "the key is there already, and BPF_NOEXIST was asked for" : "";
            case ENOENT -> (flags & BpfMap.EXIST) != 0 ? "the key is not there, and BPF_EXIST was asked for" : "";
            case EPERM -> denied(verb, descriptor);
            case EBUSY -> "the map is in use by an operation that this one would wait for; try again";
            case EBADF -> "the value has to be an open descriptor of what such maps hold";
            case EOPNOTSUPP ->
                spec.type() == MapType.SOCKMAP || spec.type() == MapType.SOCKHASH
                        ? "only sockets that are connected or listen can be stored"
                        : "";
            case EFAULT -> "keys and values have to lie in native memory";
            case EINVAL -> invalid(verb, spec.type(), flags);
            case ENOTSUPP -> "maps of this type have no such operation, or this kernel is too old for it";
            default -> "";
        };
    }

    private static String full(MapSpec spec) {
        long entries = Integer.toUnsignedLong(spec.maxEntries());
        return "it is full: " + entries + " of max_entries " + entries + " are in use";
    }

    private static String denied(String verb, FileDescriptor descriptor) {
        return DescriptorNotes.of(descriptor).frozen()
                ? (verb.equals("freeze")
                        ? "it is frozen already"
                        : "it is frozen: user space can no longer write to it")
                : "its descriptor does not allow it (BPF_F_RDONLY, BPF_F_WRONLY), or programs alone may write to it";
    }

    private static String invalid(String verb, MapType type, long flags) {
        if (verb.startsWith("delete") && isArray(type)) {
            return "entries of an array cannot be deleted";
        }
        return flags == 0
                ? "maps of this type take no such key or value"
                : "maps of this type do not take the flags 0x" + Long.toHexString(flags)
                        + " here, or not with this value";
    }

    private static boolean isArray(MapType type) {
        return switch (type) {
            case ARRAY,
                    PERCPU_ARRAY,
                    PROG_ARRAY,
                    PERF_EVENT_ARRAY,
                    CGROUP_ARRAY,
                    ARRAY_OF_MAPS,
                    DEVMAP,
                    CPUMAP,
                    XSKMAP,
                    SOCKMAP,
                    REUSEPORT_SOCKARRAY -> true;
            default -> false;
        };
    }
}

package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/** What the errno of a refused map operation means, in words. */
final class Refusals {
    private Refusals() {}

    /** The likely reason, and what to do. */
    static String reason(MapSpec spec, Errno errno) {
        return switch (errno) {
            case E2BIG -> "the index is not below max_entries, or the map is full; it has " + entries(spec);
            case ENOSPC -> "the map is full; it has " + entries(spec);
            case EEXIST -> "the key is there already, and BPF_NOEXIST was asked for";
            case ENOENT -> "there is no such entry";
            case EINVAL -> spec.type().uapiName() + " does not take this operation with these flags or this value";
            case ENOTSUPP, EOPNOTSUPP -> spec.type().uapiName() + " has no such operation";
            case EBADF -> "the value is not the number of a live program or map of this engine";
            case ENOMEM -> "no element is free";
            default -> errno.meaning();
        };
    }

    private static String entries(MapSpec spec) {
        return Integer.toUnsignedString(spec.maxEntries()) + " entries";
    }
}

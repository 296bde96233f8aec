package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.object.host.Errno;

/** Helpers on maps in general. The map is the first argument, keys and values are addresses. */
final class MapHelpers {
    private MapHelpers() {}

    static long lookup(Execution run, long map, long key, long r3, long r4, long r5) {
        return run.map(map).lookupElement(key, run.cpu());
    }

    static long lookupPerCpu(Execution run, long map, long key, long cpu, long r4, long r5) {
        return run.map(map).lookupPerCpuElement(key, cpu & 0xffff_ffffL);
    }

    static long update(Execution run, long map, long key, long value, long flags, long r5) {
        return run.map(map).updateElement(key, value, flags, run.cpu());
    }

    static long delete(Execution run, long map, long key, long r3, long r4, long r5) {
        return run.map(map).deleteElement(key, run.cpu());
    }

    static long push(Execution run, long map, long value, long flags, long r4, long r5) {
        return run.map(map).pushElement(value, flags);
    }

    static long pop(Execution run, long map, long value, long r3, long r4, long r5) {
        return run.map(map).popElement(value);
    }

    static long peek(Execution run, long map, long value, long r3, long r4, long r5) {
        return run.map(map).peekElement(value);
    }

    /** {@code bpf_for_each_map_elem}: the callback gets map, key, value and context. @return the number of elements visited */
    static long forEach(Execution run, long map, long function, long context, long flags, long r5) {
        if (flags != 0) {
            return Errno.EINVAL.negated();
        }
        return run.map(map)
                .forEachElement(run.cpu(), (key, value) -> run.callback(function, map, key, value, context, 0));
    }
}

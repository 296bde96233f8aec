package dev.skep.engine.counterexample;

import dev.skep.object.program.HelperId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Helpers whose result a program cannot foresee: numbers of which any may come, and pointers that may be null at any time.
 *
 * @param size bytes of the number
 * @param pointer whether it is a pointer, which is either null or what the helper really returns
 */
record FreeResult(int size, boolean pointer) {
    private static final FreeResult NUMBER32 = new FreeResult(Integer.BYTES, false);
    private static final FreeResult NUMBER64 = new FreeResult(Long.BYTES, false);
    private static final FreeResult POINTER = new FreeResult(1, true);

    private static final Map<HelperId, FreeResult> TABLE = new EnumMap<>(Map.ofEntries(
            Map.entry(HelperId.GET_PRANDOM_U32, NUMBER32),
            Map.entry(HelperId.KTIME_GET_NS, NUMBER64),
            Map.entry(HelperId.KTIME_GET_BOOT_NS, NUMBER64),
            Map.entry(HelperId.KTIME_GET_COARSE_NS, NUMBER64),
            Map.entry(HelperId.KTIME_GET_TAI_NS, NUMBER64),
            Map.entry(HelperId.JIFFIES64, NUMBER64),
            Map.entry(HelperId.GET_CURRENT_PID_TGID, NUMBER64),
            Map.entry(HelperId.GET_CURRENT_UID_GID, NUMBER64),
            Map.entry(HelperId.GET_CURRENT_CGROUP_ID, NUMBER64),
            Map.entry(HelperId.GET_HASH_RECALC, NUMBER32),
            Map.entry(HelperId.GET_SOCKET_COOKIE, NUMBER64),
            Map.entry(HelperId.GET_SOCKET_UID, NUMBER32),
            Map.entry(HelperId.GET_CGROUP_CLASSID, NUMBER32),
            Map.entry(HelperId.RINGBUF_RESERVE, POINTER)));

    static Optional<FreeResult> of(HelperId helper) {
        return Optional.ofNullable(TABLE.get(helper));
    }

    /**
     * What the helper returns without being called.
     *
     * @param wanted what the input says; a number that it does not name is 0, a pointer the helper's own
     */
    OptionalLong answer(Optional<Long> wanted) {
        if (pointer) {
            return wanted.isPresent() && wanted.get() == 0 ? OptionalLong.of(0) : OptionalLong.empty();
        }
        long number = wanted.orElse(0L);
        return OptionalLong.of(size == Integer.BYTES ? number & 0xffff_ffffL : number);
    }
}

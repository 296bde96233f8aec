package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code BPF_MAP_TYPE_PROG_ARRAY}: what programs tail-call into (kernel/bpf/arraymap.c). The user's side stores a program's
 * number ({@link Maps#register}) where bpf(2) has its file descriptor, and reads that number back. All programs of an array
 * have one type, that of the first.
 */
public final class ProgramArrayMap extends EngineMap {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(ProgramReference[].class);

    private final ArrayKeys keys;
    private final @Nullable ProgramReference[] programs;
    private Optional<ProgramReference> first = Optional.empty();

    ProgramArrayMap(MapSpec spec, MapHome home) {
        super(spec, home);
        HashIndex.requireHeap(spec.name(), spec.maxEntries());
        this.keys = new ArrayKeys(spec.maxEntries(), home);
        this.programs = new ProgramReference[spec.maxEntries()];
    }

    /** What {@code bpf_tail_call} with this index goes to: null if the index is too large or the slot empty. */
    public @Nullable ProgramReference target(long index) {
        int slot = (int) index;
        return keys.isIndex(slot) ? (ProgramReference) SLOT.getAcquire(programs, slot) : null;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        ProgramReference program = target(sandbox.getInt(key));
        if (program == null) {
            return Errno.ENOENT.negated();
        }
        Numbers.putInt(out, maps.register(program));
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        int index = sandbox.getInt(key);
        if (flags != ANY) {
            return Errno.EINVAL.negated();
        }
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        ProgramReference program = maps.programWithId(sandbox.getInt(value)).orElse(null);
        if (program == null) {
            return Errno.EBADF.negated();
        }
        if (first.isPresent() && first.get().spec().type() != program.spec().type()) {
            return Errno.EINVAL.negated();
        }
        if (first.isEmpty()) {
            first = Optional.of(program);
        }
        SLOT.setRelease(programs, index, program);
        return 0;
    }

    @Override
    int userDelete(long key) {
        int index = sandbox.getInt(key);
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        return SLOT.getAndSet(programs, index, null) == null ? Errno.ENOENT.negated() : 0;
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }
}

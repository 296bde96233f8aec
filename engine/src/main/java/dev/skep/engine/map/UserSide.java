package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map as Java sees it: what bpf(2) checks before it hands an operation to the kind, and the kinds' part of it (the methods
 * named {@code user...}).
 */
abstract class UserSide implements BpfMap {
    final MapSpec spec;
    final Sandbox sandbox;
    final MapBlocks blocks;
    final ValueFields fields;
    final int keySize;
    final int valueSize;
    /** Held by whoever changes the map, and by the user's side whenever it looks. */
    final Object lock = new Object();

    final UserAccess access;
    private final Staging staging;
    private boolean closed;

    UserSide(MapSpec spec, MapHome home) {
        this.spec = spec;
        this.sandbox = home.sandbox();
        this.blocks = home.blocks();
        this.fields = home.fields();
        this.keySize = spec.keySize();
        this.valueSize = spec.valueSize();
        this.access = new UserAccess(spec.flags());
        this.staging = new Staging(blocks, sandbox);
    }

    // What a kind fills in. Called with the lock held; keys and values are staged in the sandbox. They return 0 or a
    // negated errno.

    /** Bytes of a key as the user's side gives it. @param lookup false for updates and deletes */
    int userKeySize(boolean lookup) {
        return keySize;
    }

    /** Bytes of a value as the user's side sees it. */
    int userValueSize() {
        return valueSize;
    }

    /** Copies the value of the key at {@code key} to {@code out}. */
    abstract int userLookup(long key, byte[] out, long flags);

    /** Stores the {@link #userValueSize()} bytes at {@code value}. */
    abstract int userUpdate(long key, long value, long flags);

    /** Removes an element. */
    abstract int userDelete(long key);

    /** Copies the value out and removes the element. */
    int userLookupAndDelete(long key, byte[] out) {
        return Errno.ENOTSUPP.negated();
    }

    /** Stores the key after the one at {@code key} (0: the first) at {@code next}. */
    int userNextKey(long key, long next) {
        return Errno.EOPNOTSUPP.negated();
    }

    // BpfMap.

    @Override
    public final MapSpec spec() {
        return spec;
    }

    @Override
    public final Optional<byte[]> lookup(byte[] key) {
        return lookup(key, ANY);
    }

    /**
     * The value of {@code key}.
     *
     * @param flags 0, or {@link #LOCK} to hold the value's spin lock meanwhile
     */
    public final Optional<byte[]> lookup(byte[] key, long flags) {
        String operation = "lookup";
        synchronized (lock) {
            requireLockOnly(operation, flags);
            requireRead(operation);
            requireLockable(operation, flags);
            byte[] out = new byte[userValueSize()];
            return present(operation, userLookup(stageKey(operation, key, userKeySize(true)), out, flags))
                    ? Optional.of(out)
                    : Optional.empty();
        }
    }

    @Override
    public final void update(byte[] key, byte[] value, long flags) {
        String operation = "update";
        synchronized (lock) {
            requireWrite(operation);
            requireLockable(operation, flags);
            long stagedKey = stageKey(operation, key, userKeySize(false));
            int result = userUpdate(stagedKey, stageValue(operation, value), flags);
            if (result != 0) {
                throw refusal(result, operation);
            }
        }
    }

    @Override
    public final boolean delete(byte[] key) {
        String operation = "delete";
        synchronized (lock) {
            requireWrite(operation);
            return present(operation, userDelete(stageKey(operation, key, userKeySize(false))));
        }
    }

    @Override
    public final Optional<byte[]> lookupAndDelete(byte[] key) {
        String operation = "lookup and delete";
        synchronized (lock) {
            requireRead(operation);
            requireWrite(operation);
            byte[] out = new byte[userValueSize()];
            return present(operation, userLookupAndDelete(stageKey(operation, key, userKeySize(false)), out))
                    ? Optional.of(out)
                    : Optional.empty();
        }
    }

    @Override
    public final Optional<byte[]> nextKey(Optional<byte[]> key) {
        String operation = "next key";
        synchronized (lock) {
            requireRead(operation);
            long from = key.isEmpty() ? 0 : stageKey(operation, key.get(), keySize);
            long next = staging.nextKey(keySize);
            return present(operation, userNextKey(from, next))
                    ? Optional.of(sandbox.toArray(next, keySize))
                    : Optional.empty();
        }
    }

    @Override
    public final void freeze() {
        String operation = "freeze";
        synchronized (lock) {
            requireOpen(operation);
            if (!fields.isEmpty()) {
                throw refusal(Errno.ENOTSUPP, operation, "its values hold " + fields.describe());
            }
            requireWrite(operation);
            access.freeze();
        }
    }

    /** True once {@link #freeze()} was called. */
    public final boolean isFrozen() {
        synchronized (lock) {
            return access.frozen();
        }
    }

    /** From now on every operation of the user's side is refused. @return false if that was so already */
    final boolean closeUserSide() {
        synchronized (lock) {
            boolean first = !closed;
            closed = true;
            return first;
        }
    }

    // Batches. What a kind has of them is in BatchSupport.

    @Override
    public final Batch lookupBatch(Optional<byte[]> cursor, int count) {
        String operation = "lookup batch";
        synchronized (lock) {
            requireRead(operation);
            requireBatch(operation, BatchSupport.of(spec.type()).lookup());
            return walkBatch(cursor, count, false);
        }
    }

    @Override
    public final Batch lookupAndDeleteBatch(Optional<byte[]> cursor, int count) {
        String operation = "lookup and delete batch";
        synchronized (lock) {
            requireRead(operation);
            requireWrite(operation);
            requireBatch(operation, BatchSupport.of(spec.type()).lookupAndDelete());
            return walkBatch(cursor, count, true);
        }
    }

    @Override
    public final BatchResult updateBatch(List<Entry> entries, long flags) {
        String operation = "update batch";
        synchronized (lock) {
            requireWrite(operation);
            requireBatch(operation, BatchSupport.of(spec.type()).update());
            requireLockable(operation, flags);
            requireLockOnly(operation, flags);
            int done = 0;
            for (Entry entry : entries) {
                long key = stageKey(operation, entry.key(), keySize);
                int result = userUpdate(key, stageValue(operation, entry.value()), flags);
                if (result != 0) {
                    return new BatchResult(done, Errno.of(-result));
                }
                done++;
            }
            return new BatchResult(done, Optional.empty());
        }
    }

    @Override
    public final BatchResult deleteBatch(List<byte[]> keys) {
        String operation = "delete batch";
        synchronized (lock) {
            requireWrite(operation);
            requireBatch(operation, BatchSupport.of(spec.type()).delete());
            int done = 0;
            for (byte[] key : keys) {
                int result = userDelete(stageKey(operation, key, keySize));
                if (result != 0) {
                    return new BatchResult(done, Errno.of(-result));
                }
                done++;
            }
            return new BatchResult(done, Optional.empty());
        }
    }

    /** Walks key by key; the cursor is the last key. Kinds with buckets go by these. */
    Batch walkBatch(Optional<byte[]> cursor, int count, boolean delete) {
        List<Entry> found = new ArrayList<>();
        Optional<byte[]> last = cursor;
        long next = staging.nextKey(keySize);
        while (found.size() < count) {
            long from = last.isEmpty() ? 0 : stageKey("batch", last.get(), keySize);
            if (userNextKey(from, next) != 0) {
                return new Batch(found, Optional.empty());
            }
            byte[] key = sandbox.toArray(next, keySize);
            byte[] value = new byte[userValueSize()];
            int result = userLookup(next, value, ANY);
            if (result == 0) {
                found.add(new Entry(key, value));
            } else if (result != Errno.ENOENT.negated()) {
                throw refusal(result, "lookup batch");
            }
            last = Optional.of(key);
        }
        return new Batch(found, last);
    }

    // Checks.

    final void requireOpen(String operation) {
        if (closed) {
            throw refusal(Errno.EBADF, operation, "the map is closed");
        }
    }

    private void requireRead(String operation) {
        requireOpen(operation);
        if (!access.mayRead()) {
            throw refusal(Errno.EPERM, operation, "it was created with BPF_F_WRONLY");
        }
    }

    private void requireWrite(String operation) {
        requireOpen(operation);
        if (!access.mayWrite()) {
            throw refusal(Errno.EPERM, operation, access.whyNotWrite());
        }
    }

    private void requireLockable(String operation, long flags) {
        if ((flags & LOCK) != 0 && !fields.hasSpinLock()) {
            throw refusal(Errno.EINVAL, operation, "BPF_F_LOCK needs a struct bpf_spin_lock in the value");
        }
    }

    private void requireLockOnly(String operation, long flags) {
        if ((flags & ~LOCK) != 0) {
            throw refusal(Errno.EINVAL, operation, "the only flag is BPF_F_LOCK");
        }
    }

    private void requireBatch(String operation, boolean supported) {
        if (!supported) {
            throw refusal(Errno.ENOTSUPP.negated(), operation);
        }
    }

    private long stageKey(String operation, byte[] key, int size) {
        if (key.length != size) {
            throw refusal(Errno.EINVAL, operation, "the key has " + key.length + " bytes, the map's have " + size);
        }
        return staging.key(key);
    }

    private long stageValue(String operation, byte[] value) {
        if (value.length != userValueSize()) {
            throw refusal(
                    Errno.EINVAL,
                    operation,
                    "the value has " + value.length + " bytes, the map's have " + userValueSize());
        }
        return staging.value(value);
    }

    private boolean present(String operation, int result) {
        if (result == 0) {
            return true;
        }
        if (result == Errno.ENOENT.negated()) {
            return false;
        }
        throw refusal(result, operation);
    }

    final HostException refusal(int result, String operation) {
        Errno errno = Errno.of(-result).orElseThrow(() -> new AssertionError("no errno " + result));
        return refusal(errno, operation, Refusals.reason(spec, errno));
    }

    final HostException refusal(Errno errno, String operation, String reason) {
        return new HostException(errno, operation + " on map " + spec.name() + ": " + reason);
    }
}

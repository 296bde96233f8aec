package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.kernel.KernelStruct;
import org.jspecify.annotations.Nullable;

/**
 * A value for each task, which goes away with it. Since Linux 5.11.
 */
@MapKind(value = "TASK_STORAGE", flags = 1)
public final class TaskStorage<V extends Struct> extends BpfMap {
    /** A map. */
    public TaskStorage() {
        super(0);
    }

    /** The value of a task, {@code null} if it has none. */
    public @Nullable V get(KernelStruct owner) {
        throw new NotInJavaException("get");
    }

    /** The value of a task; if it had none, a new one that is all zero. {@code null} if there is no memory. */
    public @Nullable V getOrCreate(KernelStruct owner) {
        throw new NotInJavaException("getOrCreate");
    }

    /** Forgets the value of a task. @return 0, or a negative error number if it has none */
    public int delete(KernelStruct owner) {
        throw new NotInJavaException("delete");
    }
}

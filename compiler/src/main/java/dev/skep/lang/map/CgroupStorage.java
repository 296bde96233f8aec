package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.kernel.KernelStruct;
import org.jspecify.annotations.Nullable;

/**
 * A value for each control group, which goes away with it. Since Linux 6.2.
 */
@MapKind(value = "CGRP_STORAGE", flags = 1)
public final class CgroupStorage<V extends Struct> extends BpfMap {
    /** A map. */
    public CgroupStorage() {
        super(0);
    }

    /** The value of a control group, {@code null} if it has none. */
    public @Nullable V get(KernelStruct owner) {
        throw new NotInJavaException("get");
    }

    /** The value of a control group; if it had none, a new one that is all zero. {@code null} if there is no memory. */
    public @Nullable V getOrCreate(KernelStruct owner) {
        throw new NotInJavaException("getOrCreate");
    }

    /** Forgets the value of a control group. @return 0, or a negative error number if it has none */
    public int delete(KernelStruct owner) {
        throw new NotInJavaException("delete");
    }
}

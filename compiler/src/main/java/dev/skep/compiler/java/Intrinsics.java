package dev.skep.compiler.java;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All intrinsics. */
final class Intrinsics {
    private static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    static {
        TABLE.putAll(NumberIntrinsics.TABLE);
        TABLE.putAll(BoxIntrinsics.TABLE);
        TABLE.putAll(MapIntrinsics.TABLE);
        TABLE.putAll(CallbackIntrinsics.TABLE);
        TABLE.putAll(EntryIntrinsics.TABLE);
        TABLE.putAll(MapOfMapsIntrinsics.TABLE);
        TABLE.putAll(StorageIntrinsics.TABLE);
        TABLE.putAll(TimerIntrinsics.TABLE);
        TABLE.putAll(ContextIntrinsics.TABLE);
        TABLE.putAll(LogIntrinsics.TABLE);
        TABLE.putAll(KernelIntrinsics.TABLE);
        TABLE.putAll(KernelViewIntrinsics.TABLE);
        TABLE.putAll(IteratorIntrinsics.TABLE);
        TABLE.putAll(ObjectIntrinsics.TABLE);
        TABLE.putAll(TextIntrinsics.TABLE);
    }

    private Intrinsics() {}

    static Optional<Intrinsic> find(String owner, String name, String descriptor) {
        return Optional.ofNullable(TABLE.get(new Intrinsic.Method(owner, name, descriptor)));
    }
}

package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.context.BpfSock;
import org.jspecify.annotations.Nullable;

/**
 * A value for each socket, which goes away with it. Since Linux 5.2.
 */
@MapKind(value = "SK_STORAGE", flags = 1)
public final class SocketStorage<V extends Struct> extends BpfMap {
    /** A map. */
    public SocketStorage() {
        super(0);
    }

    /** The value of a socket, {@code null} if it has none. */
    public @Nullable V get(BpfSock owner) {
        throw new NotInJavaException("get");
    }

    /** The value of a socket; if it had none, a new one that is all zero. {@code null} if there is no memory. */
    public @Nullable V getOrCreate(BpfSock owner) {
        throw new NotInJavaException("getOrCreate");
    }

    /** Forgets the value of a socket. @return 0, or a negative error number if it has none */
    public int delete(BpfSock owner) {
        throw new NotInJavaException("delete");
    }
}

package dev.skep.bench.vm;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The FNV-1a hash of all bytes shown to it, as native_main.c computes it. */
final class Fingerprint {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = BASIS;

    void add(byte[] bytes) {
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
    }

    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            hash = (hash ^ (bytes.get() & 0xff)) * PRIME;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}

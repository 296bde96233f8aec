package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names of types that C's library and Linux's headers (asm-generic/int-ll64.h, posix_types.h) define for 64 bits. */
final class CStandardTypes {
    private static final Map<String, CType> ALL = all();

    private CStandardTypes() {}

    static Optional<CType> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, CType> all() {
        Map<String, CType> types = new LinkedHashMap<>();
        for (int bits = 8; bits <= 64; bits *= 2) {
            CType unsigned = new CType.Number(bits / 8, false, false);
            CType signed = new CType.Number(bits / 8, true, false);
            put(types, unsigned, "u" + bits, "__u" + bits, "uint" + bits, "uint" + bits + "_t", "u_int" + bits + "_t");
            put(types, signed, "s" + bits, "__s" + bits, "int" + bits, "int" + bits + "_t");
            put(types, unsigned, "__le" + bits, "__be" + bits);
        }
        put(types, new CType.Number(1, false, true), "u_char", "unchar");
        put(
                types,
                new CType.Number(2, false, false),
                "u_short",
                "ushort",
                "umode_t",
                "__kernel_sa_family_t",
                "sa_family_t");
        put(types, new CType.Number(2, false, false), "__sum16");
        put(types, new CType.Number(4, false, false), "u_int", "uint", "uid_t", "gid_t", "mode_t", "dev_t", "__wsum");
        put(types, new CType.Number(4, false, false), "gfp_t", "fmode_t", "socklen_t", "in_addr_t");
        put(types, new CType.Number(2, false, false), "in_port_t");
        put(types, new CType.Number(4, true, false), "pid_t", "key_t", "timer_t", "clockid_t");
        put(
                types,
                new CType.Number(8, false, false),
                "u_long",
                "ulong",
                "size_t",
                "uintptr_t",
                "ino_t",
                "sector_t",
                "nlink_t");
        put(
                types,
                new CType.Number(8, false, false),
                "dma_addr_t",
                "phys_addr_t",
                "resource_size_t",
                "__kernel_size_t");
        put(types, new CType.Number(8, true, false), "ssize_t", "intptr_t", "ptrdiff_t", "off_t", "loff_t", "time_t");
        put(types, new CType.Number(8, true, false), "clock_t", "ktime_t", "time64_t", "suseconds_t", "blkcnt_t");
        put(types, new CType.Truth(), "bool", "_Bool");
        return Map.copyOf(types);
    }

    private static void put(Map<String, CType> types, CType type, String... names) {
        for (String name : names) {
            types.put(name, type);
        }
    }
}

package dev.skep.verifier.explain;

/**
 * What is known about a value, read back from the kernel's notation.
 *
 * @param kind {@code scalar}, {@code ctx}, {@code pkt}, {@code map_value} ... as the kernel names it, without
 *     {@code _or_null}; {@code ?} if nothing is known
 * @param mayBeNull true for a pointer that was not compared with null
 * @param fixedOffset of a pointer from what it points to; of {@code fp} from the frame pointer
 * @param smin smallest signed value (of a pointer: of the variable part of its offset)
 * @param range bytes of a packet pointer known to be there
 * @param size bytes of the map value or memory, -1 if not known
 * @param id equal for values known to be the same; 0 for none
 * @param reference id of what must be released, 0 for none
 * @param map name of the map, or ""
 * @param text as the kernel writes it
 */
public record KnownValue(
        String kind,
        boolean mayBeNull,
        long fixedOffset,
        long smin,
        long smax,
        long umin,
        long umax,
        int range,
        long size,
        int id,
        int reference,
        String map,
        String text) {
    /** Nothing is known, not even that it was written. */
    public static final KnownValue NOTHING =
            new KnownValue("?", false, 0, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 0, -1, 0, 0, "", "?");

    public boolean isKnown() {
        return !kind.equals("?");
    }

    public boolean isScalar() {
        return kind.equals("scalar");
    }

    public boolean isPointer() {
        return isKnown() && !isScalar();
    }

    public boolean isPacket() {
        return kind.equals("pkt") || kind.equals("pkt_meta");
    }

    public boolean isStack() {
        return kind.equals("fp");
    }

    public boolean isConstant() {
        return isScalar() && umin == umax;
    }

    /** True if it may have a value that has the sign bit set. */
    public boolean mayBeNegative() {
        return smin < 0;
    }

    /** True if no useful upper limit is known. */
    public boolean isUnbounded() {
        return umax < 0 || umax >= 0xffff_ffffL;
    }

    /** True if this is known more narrowly than {@code other}. */
    boolean isNarrowerThan(KnownValue other) {
        return Long.compareUnsigned(umax - umin, other.umax - other.umin) < 0;
    }

    /** The values it may have, in words: {@code 0..255}, {@code -1..99}, {@code any number}. */
    public String range64() {
        if (umin == umax) {
            return Long.toString(umin);
        }
        if (smin >= 0) {
            return umin + ".." + Long.toUnsignedString(umax);
        }
        if (smin == Long.MIN_VALUE) {
            return smax == Long.MAX_VALUE ? "any number" : "at most " + smax;
        }
        return smax == Long.MAX_VALUE ? "at least " + smin : smin + ".." + smax;
    }

    /** What it is, in words. */
    public String words() {
        return switch (kind) {
            case "scalar" -> isConstant() ? "the number " + umin : "a number (" + range64() + ")";
            case "ctx" -> "the context";
            case "fp" -> "a pointer to the stack";
            case "pkt" -> "a pointer into the packet";
            case "pkt_meta" -> "a pointer to the packet's metadata";
            case "pkt_end" -> "the packet's end";
            case "map_value" -> "a pointer to a value of " + (map.isEmpty() ? "a map" : "map " + map) + orNull();
            case "map_key" -> "a pointer to a map's key";
            case "map_ptr" -> "a map";
            case "sock", "sock_common", "tcp_sock", "xdp_sock" -> "a socket" + orNull();
            case "mem", "ringbuf_mem", "alloc_mem" -> "a pointer to memory" + orNull();
            case "?" -> "nothing that was ever written";
            default -> kind.contains("ptr_") ? "a pointer to " + structure() + orNull() : kind + orNull();
        };
    }

    private String structure() {
        return "struct "
                + kind.substring(kind.indexOf("ptr_") + "ptr_".length()).replace("or_null_", "");
    }

    private String orNull() {
        return mayBeNull ? " or null" : "";
    }
}

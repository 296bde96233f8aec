package dev.skep.engine.context;

import dev.skep.object.program.ProgramType;
import java.util.List;

/** Offsets of {@code struct __sk_buff} in linux/bpf.h (6.18), and who may write what (net/core/filter.c). */
final class SocketBufferLayout {
    static final int LEN = 0;
    static final int PKT_TYPE = 4;
    static final int MARK = 8;
    static final int QUEUE_MAPPING = 12;
    static final int PROTOCOL = 16;
    static final int VLAN_PRESENT = 20;
    static final int VLAN_TCI = 24;
    static final int VLAN_PROTO = 28;
    static final int PRIORITY = 32;
    static final int INGRESS_IFINDEX = 36;
    static final int IFINDEX = 40;
    static final int TC_INDEX = 44;
    static final int CB = 48;
    static final int HASH = 68;
    static final int TC_CLASSID = 72;
    static final int DATA = 76;
    static final int DATA_END = 80;
    static final int DATA_META = 140;
    static final int FLOW_KEYS = 144;
    static final int TSTAMP = 152;
    static final int WIRE_LEN = 160;
    static final int SIZE = 192;

    private static final Field MARK_FIELD = new Field(MARK, 4);
    private static final Field PRIORITY_FIELD = new Field(PRIORITY, 4);
    private static final Field CB_FIELD = new Field(CB, 20);
    private static final Field TSTAMP_FIELD = new Field(TSTAMP, 8);

    private SocketBufferLayout() {}

    /** Some bytes of the structure. */
    record Field(int offset, int size) {}

    /** What programs of a type may write, by offset: their {@code is_valid_access} in net/core/filter.c. */
    static List<Field> writable(ProgramType type) {
        return switch (type) {
            case SCHED_CLS, SCHED_ACT ->
                List.of(
                        MARK_FIELD,
                        new Field(QUEUE_MAPPING, 4),
                        PRIORITY_FIELD,
                        new Field(TC_INDEX, 4),
                        CB_FIELD,
                        new Field(TC_CLASSID, 4),
                        TSTAMP_FIELD);
            case CGROUP_SKB -> List.of(MARK_FIELD, PRIORITY_FIELD, CB_FIELD, TSTAMP_FIELD);
            case LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> List.of(MARK_FIELD, PRIORITY_FIELD, CB_FIELD);
            case SK_SKB -> List.of(new Field(PRIORITY, 4), new Field(TC_INDEX, 4));
            case SOCKET_FILTER -> List.of(CB_FIELD);
            default -> List.of();
        };
    }
}

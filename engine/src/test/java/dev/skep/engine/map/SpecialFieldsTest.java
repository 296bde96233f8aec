package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.Composite;
import dev.skep.object.btf.BtfType.Member;
import dev.skep.object.host.BpfMap;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spin locks, timers and their like in values. */
class SpecialFieldsTest {
    private static final int WHOLE = 4;

    /** {@code struct { __u64 a; struct { struct bpf_timer timer; } inner; __u64 b; }}, 32 bytes. */
    private static final Btf WITH_TIMER = Btf.of(List.of(
            new BtfType.Int("u64", 8, false, false, false, 0, 64),
            new Composite("bpf_timer", false, 16, List.of(new Member("opaque", 1, 0, 0))),
            new Composite("", false, 16, List.of(new Member("timer", 2, 0, 0))),
            new Composite(
                    "value",
                    false,
                    32,
                    List.of(new Member("a", 1, 0, 0), new Member("inner", 3, 64, 0), new Member("b", 1, 192, 0)))));

    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    private static MapSpec typed(MapType type, int flags) {
        return new MapSpec(
                "m",
                MapSpec.Role.DECLARED,
                type,
                4,
                32,
                4,
                flags,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                WHOLE,
                Bytes.EMPTY,
                List.of(),
                0);
    }

    @Test
    void anUpdateInPlaceLeavesATimerAloneAndALookupHidesIt() {
        EngineMap map = live.maps.create(typed(MapType.ARRAY, 0), WITH_TIMER);
        long value = map.lookupElement(live.key(0), 0);
        live.sandbox.putLong(value + 8, 0x1234);

        map.update(u32(0), u64(1, 99, 99, 2));

        assertThat(live.sandbox.getLong(value)).isEqualTo(1);
        assertThat(live.sandbox.getLong(value + 8)).isEqualTo(0x1234);
        assertThat(live.sandbox.getLong(value + 24)).isEqualTo(2);
        assertThat(map.lookup(u32(0))).hasValueSatisfying(v -> assertThat(v).isEqualTo(u64(1, 0, 0, 2)));
    }

    @Test
    void aNewHashElementStartsWithoutTimer() {
        EngineMap map = live.maps.create(typed(MapType.HASH, 0), WITH_TIMER);
        live.sandbox.write(u64(1, 99, 99, 2), 0, live.value, 32);
        map.updateElement(live.key(7), live.value, BpfMap.ANY, 0);

        long value = map.lookupElement(live.key(7), 0);

        assertThat(live.sandbox.toArray(value, 32)).isEqualTo(u64(1, 0, 0, 2));
    }

    @Test
    void kindsThatCannotHoldATimerAreRefused() {
        assertThatThrownBy(() -> live.maps.create(typed(MapType.PERCPU_HASH, 0), WITH_TIMER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("BPF_MAP_TYPE_PERCPU_HASH cannot hold a bpf_timer");
        assertThatThrownBy(() -> live.maps.create(typed(MapType.HASH, MapFlags.RDONLY_PROG), WITH_TIMER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("BPF_F_RDONLY_PROG");
    }

    @Test
    void typesThatNestAndMultiplyWithoutEndAreNoTrouble() {
        Btf endless = Btf.of(List.of(
                new BtfType.Array(2, 2, 1_000_000),
                new Composite("loop", false, 1, List.of(new Member("again", 1, 0, 0), new Member("more", 2, 0, 0))),
                new BtfType.Array(2, 2, 3),
                new Composite("value", false, 32, List.of(new Member("loop", 2, 0, 0)))));

        assertThat(live.maps.create(typed(MapType.HASH, 0), endless).handle()).isPositive();
    }
}

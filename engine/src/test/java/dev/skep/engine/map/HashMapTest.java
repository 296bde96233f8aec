package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.asLong;
import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashMapTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void whatAProgramStoresTheUserSees() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 4);

        assertThat(map.updateElement(live.key(7), live.value(70), BpfMap.ANY, 0))
                .isZero();

        assertThat(asLong(map.lookup(u32(7)).orElseThrow())).isEqualTo(70);
        assertThat(map.lookup(u32(8))).isEmpty();
    }

    @Test
    void aFullMapRefusesANewKeyButReplacesAnOldOne() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 2);
        map.update(u32(1), u64(1));
        map.update(u32(2), u64(2));

        assertThat(map.updateElement(live.key(3), live.value(3), BpfMap.ANY, 0)).isEqualTo(Errno.E2BIG.negated());
        assertThat(map.updateElement(live.key(2), live.value(22), BpfMap.ANY, 0))
                .isZero();

        assertThat(asLong(map.lookup(u32(2)).orElseThrow())).isEqualTo(22);
    }

    @Test
    void anLruMapGivesUpAnOldEntryThatNobodyLookedAt() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 3);
        for (int key = 1; key <= 3; key++) {
            map.update(u32(key), u64(key));
        }
        map.lookupElement(live.key(1), 0);

        map.update(u32(4), u64(4));

        assertThat(map.lookup(u32(1))).isPresent();
        assertThat(map.lookup(u32(2))).isEmpty();
        assertThat(map.lookup(u32(4))).isPresent();
    }
}

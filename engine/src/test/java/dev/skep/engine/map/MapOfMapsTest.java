package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.asInt;
import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps that hold maps and programs. */
class MapOfMapsTest {
    private static final MapSpec INNER = MapSpec.of("inner", MapType.ARRAY, 4, 8, 1);

    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    private EngineMap outer(MapType type) {
        return live.maps.create(MapSpec.of("outer", type, 4, 4, 4).withInner(INNER));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS"})
    void aProgramFindsTheInnerMapsHandle(MapType type) {
        EngineMap outer = outer(type);
        EngineMap inner = live.maps.create(INNER);
        outer.update(u32(2), u32(inner.id()));

        assertThat(outer.lookupElement(live.key(2), 0)).isEqualTo(inner.handle());
        assertThat(outer.lookupElement(live.key(1), 0)).isZero();
        assertThat(asInt(outer.lookup(u32(2)).orElseThrow())).isEqualTo(inner.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS"})
    void anInnerMapLivesAsLongAsAnyoneHoldsIt(MapType type) {
        EngineMap outer = outer(type);
        EngineMap inner = live.maps.create(INNER);
        inner.update(u32(0), u64(5));
        outer.update(u32(1), u32(inner.id()));
        inner.close();
        live.maps.runStarts(0);
        long handle = outer.lookupElement(live.key(1), 0);

        outer.delete(u32(1));

        assertThat(live.maps.withHandle(handle)).as("the run still holds it").isPresent();
        live.maps.runEnds(0);
        live.maps.create(INNER).close();
        assertThat(live.maps.withId(inner.id())).as("nobody holds it").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS"})
    void closingTheOuterMapLetsItsInnerMapsGo(MapType type) {
        EngineMap outer = outer(type);
        EngineMap inner = live.maps.create(INNER);
        outer.update(u32(1), u32(inner.id()));
        inner.close();
        assertThat(live.maps.withId(inner.id())).isPresent();

        outer.close();
        live.maps.create(INNER).close();

        assertThat(live.maps.withId(inner.id())).isEmpty();
    }

    @Test
    void aMapOfMapsNeedsATemplateThatIsNone() {
        assertThatThrownBy(() -> live.create(MapType.ARRAY_OF_MAPS, 4, 4, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("inner map");
        MapSpec nested = MapSpec.of("nested", MapType.HASH_OF_MAPS, 4, 4, 1).withInner(INNER);
        assertThatThrownBy(() -> live.maps.create(
                        MapSpec.of("o", MapType.ARRAY_OF_MAPS, 4, 4, 1).withInner(nested)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("map of maps itself");
    }

    private static ProgramReference program(ProgramType type) {
        ProgramSpec spec = new ProgramSpec("p", "s", type, Optional.empty(), Optional.empty(), true, 0, 0);
        return () -> spec;
    }

    @Test
    void aTailCallFindsTheProgramInItsSlot() {
        ProgramArrayMap array = (ProgramArrayMap) live.create(MapType.PROG_ARRAY, 4, 4, 2);
        ProgramReference program = program(ProgramType.XDP);
        int id = live.maps.register(program);
        assertThat(live.maps.register(program)).isEqualTo(id);

        array.update(u32(1), u32(id));

        assertThat(array.target(1)).isSameAs(program);
        assertThat(array.target(0)).isNull();
        assertThat(array.target(2)).isNull();
        assertThat(array.target(-1)).isNull();
    }

    @Test
    void theProgramsOfAnArrayHaveOneType() {
        ProgramArrayMap array = (ProgramArrayMap) live.create(MapType.PROG_ARRAY, 4, 4, 2);
        array.update(u32(0), u32(live.maps.register(program(ProgramType.XDP))));

        assertThatThrownBy(() -> array.update(u32(1), u32(live.maps.register(program(ProgramType.SCHED_CLS)))))
                .hasMessageContaining("EINVAL");
    }
}

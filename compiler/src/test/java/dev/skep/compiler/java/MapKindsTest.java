package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.java.samples.HelperCalls;
import dev.skep.compiler.java.samples.MapKinds;
import dev.skep.compiler.java.samples.SocketMaps;
import dev.skep.engine.EngineHost;
import dev.skep.lang.context.XdpAction;
import dev.skep.object.BpfObject;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Maps of programs, of maps, of sockets, of interfaces: what they are in the object, and what programs do with them. */
class MapKindsTest {
    private static final BpfObject OBJECT = Compiling.compile(MapKinds.class);

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static Optional<Long> count(LoadedObject object, String map, int key) {
        BpfMap found = object.map(map).orElseThrow();
        return found.lookup(number(key))
                .map(bytes ->
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    private static long run(LoadedObject object, String program, int length) {
        return object.program(program)
                .orElseThrow()
                .run(Program.Input.packet(new byte[length]))
                .returnValue();
    }

    @Test
    void aMapOfMapsDescribesWhatItHolds() {
        MapSpec tables = OBJECT.map("tables").orElseThrow();

        assertThat(tables.type()).isEqualTo(MapType.ARRAY_OF_MAPS);
        assertThat(tables.inner()).hasValueSatisfying(inner -> {
            assertThat(inner.type()).isEqualTo(MapType.HASH);
            assertThat(inner.keySize()).isEqualTo(4);
            assertThat(inner.valueSize()).isEqualTo(8);
            assertThat(inner.maxEntries()).isEqualTo(8);
        });
        assertThat(tables.values())
                .containsExactly(new MapSpec.InitialSlot(0, "low"), new MapSpec.InitialSlot(2, "high"));
    }

    @Test
    void aMapFoundInAMapIsUsedAsAnyOther() {
        try (EngineHost engine = EngineHost.open();
                LoadedObject object = engine.load(OBJECT)) {
            assertThat(run(object, "inner", 60)).isEqualTo(XdpAction.XDP_PASS);
            assertThat(run(object, "inner", 60)).isEqualTo(XdpAction.XDP_PASS);
            assertThat(run(object, "inner", 150)).isEqualTo(XdpAction.XDP_DROP);
            assertThat(run(object, "inner", 250)).isEqualTo(XdpAction.XDP_PASS);

            assertThat(count(object, "low", 60)).contains(2L);
            assertThat(count(object, "high", 250)).contains(1L);
            assertThat(count(object, "high", 60)).isEmpty();
        }
    }

    @Test
    void aProgramArrayStartsWithTheProgramsThatItsSlotsName() {
        try (EngineHost engine = EngineHost.open();
                LoadedObject object = engine.load(OBJECT)) {
            assertThat(run(object, "continues", 60)).isEqualTo(XdpAction.XDP_TX);
            assertThat(run(object, "continues", 150)).isEqualTo(XdpAction.XDP_DROP);
        }
    }

    @Test
    void annotationsSetFlagsAndPinning() {
        MapSpec shared = OBJECT.map("shared").orElseThrow();

        assertThat(shared.pinning()).isEqualTo(MapSpec.Pinning.BY_NAME);
        assertThat(shared.flags()).isEqualTo(1);
    }

    @Test
    void mapsWhoseSizeTheKernelKnowsHaveNone() {
        BpfObject object = Compiling.compile(SocketMaps.class);

        assertThat(List.of("events", "traffic"))
                .allSatisfy(name ->
                        assertThat(object.map(name).orElseThrow().maxEntries()).isZero());
    }

    @Test
    void helpersAreCalledAsMethodsOfContexts() {
        assertThat(Compiling.compile(HelperCalls.class).programs())
                .extracting(ProgramSpec::name)
                .contains("packet", "known", "route", "message", "event", "connect", "parameter", "lookup");
    }
}

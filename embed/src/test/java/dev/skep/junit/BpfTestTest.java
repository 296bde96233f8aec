package dev.skep.junit;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.ClassHost;
import dev.skep.CompiledClass;
import dev.skep.LoadedClass;
import dev.skep.examples.PortFilter;
import java.nio.ByteBuffer;

class BpfTestTest {
    private static byte[] packetTo(int port) {
        return ByteBuffer.allocate(64)
                .putShort(12, (short) 0x0800)
                .put(14, (byte) 0x45)
                .put(23, (byte) 6)
                .putShort(36, (short) port)
                .array();
    }

    @BpfTest(PortFilter.class)
    void runsInTheEngineUnlessToldOtherwise(LoadedClass filter, ClassHost host) {
        assertThat(filter.program("filter").run(packetTo(23)).returnValue()).isEqualTo(XDP_DROP);
        assertThat(filter.program("filter").run(packetTo(80)).returnValue()).isEqualTo(XDP_PASS);
        assertThat(host.host().name()).isEqualTo("engine");
    }

    @BpfTest(
            value = PortFilter.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void eachPlaceStartsWithEmptyMaps(LoadedClass filter) {
        filter.program("filter").run(packetTo(23));
        assertThat(filter.map("dropped", Integer.class, Long.class).get(23)).hasValue(1L);
    }

    @BpfTest(
            value = PortFilter.class,
            on = {RunsOn.ENGINE, RunsOn.JVM})
    void isConfiguredBeforeItIsLoaded(CompiledClass compiled) {
        try (LoadedClass filter = compiled.with("closedPort", 80).load()) {
            assertThat(filter.program("filter").run(packetTo(23)).returnValue()).isEqualTo(XDP_PASS);
            assertThat(filter.program("filter").run(packetTo(80)).returnValue()).isEqualTo(XDP_DROP);
        }
    }
}

package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.skep.compiler.java.JavaSourceException;
import dev.skep.junit.BpfTest;
import dev.skep.junit.RunsOn;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class LoadedClassTest {
    private static final int NUMBERS = 1024;

    private static byte[] packet(int type) {
        return ByteBuffer.allocate(60)
                .put(6, new byte[] {1, 2, 3, 4, 5, (byte) 0xff})
                .putShort(12, (short) type)
                .array();
    }

    @BpfTest(
            value = Sampler.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void recordsAreTakenOnce(LoadedClass sampler) {
        sampler.program("sample").run(packet(0x0800));
        sampler.program("sample").run(packet(0x86dd));
        assertThat(sampler.records("samples", Sampler.Sample.class))
                .extracting(sample -> sample.length, sample -> (int) sample.type, sample -> sample.source[5])
                .containsExactly(tuple(60, 0x0800, (byte) 0xff), tuple(60, 0x86dd, (byte) 0xff));
        assertThat(sampler.records("samples", Sampler.Sample.class)).isEmpty();
    }

    @BpfTest(
            value = Sampler.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void eachProcessorHasItsOwnValue(LoadedClass sampler) {
        sampler.program("sample").run(packet(0x0800));
        long sum = sampler.perCpuMap("packets", Integer.class, Long.class).require(1).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(sum).isEqualTo(1);
    }

    @BpfTest(Sampler.class)
    void whatIsNotThereIsNamedWithWhatIs(LoadedClass sampler) {
        assertThatThrownBy(() -> sampler.program("sampel"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("Sampler has no program sampel, but sample, countCall");
        assertThatThrownBy(() -> sampler.map("sample")).hasMessageContaining("has no map sample, but samples");
    }

    @BpfTest(Sampler.class)
    void onlyConfigurableFieldsAreSetBeforeLoading(CompiledClass sampler) {
        assertThatThrownBy(() -> sampler.with("packets", 1))
                .hasMessageContaining("has no field packets that can be set");
    }

    @BpfTest(Sampler.class)
    void anEngineHasNoPlacesToAttachTo(LoadedClass sampler) {
        assertThatThrownBy(sampler::attachAll)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("the engine cannot attach countCall");
    }

    @Test
    @NeedsBpf
    void programsAreAttachedWhereTheirAnnotationsSay() throws Exception {
        try (ClassHost kernel = Skep.kernel();
                LoadedClass sampler = kernel.load(Sampler.class)) {
            sampler.attachAll();
            Files.size(Path.of("/proc/self/stat"));
            long calls = 0;
            for (int number = 0; number < NUMBERS; number++) {
                calls += sampler.map("systemCalls", Integer.class, Long.class).require(number);
            }
            assertThat(calls).isPositive();
        }
    }

    /** What a program cannot do. */
    static final class Impossible {
        static final ArrayMap<String> names = new ArrayMap<>(1);

        private Impossible() {}

        @Xdp
        static int run(XdpContext context) {
            return (int) Math.sqrt(context.length());
        }
    }

    @Test
    void allThatCannotBeCompiledIsSaidAtOnce() {
        try (ClassHost engine = Skep.engine()) {
            assertThatThrownBy(() -> engine.load(Impossible.class))
                    .isInstanceOfSatisfying(
                            JavaSourceException.class,
                            refused -> assertThat(refused.findings()).hasSizeGreaterThan(1))
                    .hasMessageContaining("LoadedClassTest.java:");
        }
    }
}

package dev.skep.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.machine.PossibleCpus;
import dev.skep.object.BpfObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Program;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An LRU map of the engine is as good a cache as one of the kernel: a program that looks keys up, and adds those it misses, finds
 * as many in either. The kernel's own number varies: each time the scheduler moves this thread, another CPU takes elements from those
 * the first one has set aside, so it is a lower bound only. The upper one is a cache that always holds the keys that are most likely to come: one that drops what was
 * used longest ago is no bound, as second chances keep frequent keys better.
 */
@NeedsBpf
class LruAgreementTest {
    private static final int ROUNDS = 20_000;
    private static final int PACKET_SIZE = 64;

    /** Hits: two in a hundred look-ups. */
    private static final int SLACK = ROUNDS / 50;

    /** The packet holds the key; returns 1 if it was in the map. */
    private static final String PROGRAM = """
            .map cache %s key=4 value=8 entries=%d
            .program cached xdp
                    r2 = *(u32 *)(r1 + 4)
                    r1 = *(u32 *)(r1 + 0)
                    r3 = r1
                    r3 += 16
                    if r3 > r2 goto absent
                    r1 = *(u32 *)(r1 + 0)
                    *(u32 *)(r10 - 4) = r1
                    *(u64 *)(r10 - 16) = 1
                    r1 = cache ll
                    r2 = r10
                    r2 += -4
                    call bpf_map_lookup_elem
                    if r0 == 0 goto absent
                    r0 = 1
                    exit
            absent: r1 = cache ll
                    r2 = r10
                    r2 += -4
                    r3 = r10
                    r3 += -16
                    r4 = 0
                    call bpf_map_update_elem
                    r0 = 0
                    exit
            """;

    @ParameterizedTest
    @CsvSource({"lru_hash, 40", "lru_hash, 200", "lru_hash, 1000", "lru_percpu_hash, 200"})
    void aSkewedLoadHitsAsOftenAsInTheKernelAndNoOftenerThanTheBestCacheAllows(String type, int entries) {
        BpfObject object = Assembler.object("cached.s", String.format(Locale.ROOT, PROGRAM, type, entries));
        try (LinuxHost linux = LinuxHost.open();
                LinuxObject kernels = linux.load(object);
                EngineHost engine = EngineHost.open(EngineOptions.defaults().withCpus(PossibleCpus.count()));
                EngineObject engines = engine.load(object)) {
            int kernel = hits(cache(kernels.program("cached").orElseThrow()), entries);
            int ours = hits(cache(engines.program("cached").orElseThrow()), entries);

            // The smaller a key, the likelier it is.
            int best = hits(key -> key < entries, entries);

            assertThat(kernel).isGreaterThan(ROUNDS / 3);
            assertThat(ours)
                    .as("kernel %d, engine %d, best %d", kernel, ours, best)
                    .isBetween(kernel - SLACK, best);
            assertThat(size(engines.map("cache").orElseThrow()))
                    .isCloseTo(size(kernels.map("cache").orElseThrow()), Offset.offset(Math.min(128, entries / 2)));
        }
    }

    private static int hits(IntPredicate cache, int entries) {
        Random random = new Random(7);
        int hits = 0;
        for (int i = 0; i < ROUNDS; i++) {
            hits += cache.test((int) Math.abs(random.nextGaussian() * entries * 0.75)) ? 1 : 0;
        }
        return hits;
    }

    /** Looks a key up with the program, which adds it if it is missing. */
    private static IntPredicate cache(Program program) {
        ByteBuffer packet = ByteBuffer.allocate(PACKET_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        return key -> {
            packet.putInt(0, key);
            return program.run(Program.Input.packet(packet.array())).returnValue() == 1;
        };
    }

    private static int size(BpfMap map) {
        int size = 0;
        for (Optional<byte[]> key = map.nextKey(Optional.empty()); key.isPresent(); key = map.nextKey(key)) {
            size++;
        }
        return size;
    }
}

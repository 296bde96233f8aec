package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Atomic operations of translated programs that run at the same time on one map lose nothing. */
class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int RUNS = 200;
    private static final int ROUNDS = 500;

    /** Counts up in every way there is; each by one a round. */
    private static final String SOURCE = """
            .map counts array key=4 value=48 entries=1
            .program adds syscall
                    r9 = counts[0] ll
                    r6 = 0
            again:  r2 = 1
                    lock *(u64 *)(r9 + 0) += r2
                    lock *(u32 *)(r9 + 8) += r2
                    r2 = 1
                    r2 = atomic_fetch_add((u64 *)(r9 + 16), r2)
                    r2 = 1
                    w2 = atomic_fetch_add((u32 *)(r9 + 24), w2)
            try64:  r0 = *(u64 *)(r9 + 32)
                    r3 = r0
                    r4 = r0
                    r4 += 1
                    r0 = cmpxchg_64(r9 + 32, r0, r4)
                    if r0 != r3 goto try64
            try32:  w0 = *(u32 *)(r9 + 40)
                    w3 = w0
                    w4 = w0
                    w4 += 1
                    w0 = cmpxchg32_32(r9 + 40, w0, w4)
                    if w0 != w3 goto try32
                    r6 += 1
                    if r6 < 500 goto again
                    r0 = 0
                    exit
            """;

    @Test
    void nothingIsLost() throws Exception {
        try (EngineHost host = EngineHost.open(
                        EngineOptions.defaults().withTrustedPrograms(true).withCpus(THREADS));
                EngineObject object = host.load(Assembler.object("adds.s", SOURCE));
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            EngineProgram adds = object.program("adds").orElseThrow();
            List<Future<?>> users = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                users.add(threads.submit(() -> {
                    for (int run = 0; run < RUNS; run++) {
                        adds.run(Program.Input.packet(new byte[8]));
                    }
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
            ByteBuffer counts = ByteBuffer.wrap(object.map("counts")
                            .orElseThrow()
                            .lookup(new byte[4])
                            .orElseThrow())
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < counts.capacity(); at += 8) {
                assertThat(counts.getLong(at)).as("at %d", at).isEqualTo((long) THREADS * RUNS * ROUNDS);
            }
        }
    }
}

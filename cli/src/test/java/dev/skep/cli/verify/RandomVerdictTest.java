package dev.skep.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.ProgramOutcome;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.corpus.RandomProgramText;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The verifier on random programs: what it accepts never faults, and the kernel says the same.
 *
 * <p>{@code -Dskep.soundness.programs=1000000} runs that many: the long run, of an hour or two.
 */
class RandomVerdictTest {
    private static final int PROGRAMS = Integer.getInteger("skep.soundness.programs", 10_000);
    private static final int COMPARED = 300;

    /** Programs that an engine runs before a new one takes over. */
    private static final int BATCH = 500;

    private static final int RUNS = 3;
    private static final int LINUX_6_18 = 6 << 16 | 18 << 8;
    private static final KernelModel KERNEL = KernelModel.of(new KernelVersion(6, 18));

    private static final EngineOptions CHECKED = EngineOptions.defaults()
            .withChecked(true)
            .withBackend(EngineOptions.Backend.INTERPRETER)
            .withInstructionBudget(1_000_000)
            .withSeed(1);

    private static BpfObject object(long seed) {
        return Assembler.object("random" + seed, RandomProgramText.of(seed));
    }

    private static boolean isAccepted(BpfObject object) {
        return Verifier.verify(object, KERNEL).isAccepted();
    }

    @Test
    void whatIsAcceptedNeverFaultsInCheckedMode() {
        List<String> faults = new ArrayList<>();
        int accepted = 0;
        for (long first = 0; first < PROGRAMS; first += BATCH) {
            accepted += run(first, Math.min(first + BATCH, PROGRAMS), faults);
        }

        assertThat(faults).isEmpty();
        assertThat(accepted).isBetween(PROGRAMS / 2, PROGRAMS * 19 / 20);
    }

    /** Runs those of the programs that are accepted. @return how many were */
    private static int run(long first, long end, List<String> faults) {
        int accepted = 0;
        try (EngineHost engine = EngineHost.open(CHECKED)) {
            for (long seed = first; seed < end; seed++) {
                BpfObject object = object(seed);
                if (isAccepted(object)) {
                    accepted++;
                    run(engine, object, seed, faults);
                }
            }
        }
        return accepted;
    }

    private static void run(EngineHost engine, BpfObject object, long seed, List<String> faults) {
        Random random = new Random(seed);
        try (EngineObject loaded = engine.load(object)) {
            for (int i = 0; i < RUNS; i++) {
                byte[] packet = new byte[14 + random.nextInt(100)];
                random.nextBytes(packet);
                loaded.program("main").orElseThrow().run(Program.Input.packet(packet));
            }
        } catch (HostException e) {
            faults.add("seed " + seed + ": " + e.getMessage());
        }
    }

    @Test
    @NeedsBpf
    void theKernelSaysTheSame() {
        int running = KernelRelease.running().versionCode();
        assumeTrue(running >= LINUX_6_18, "the verdicts are those of Linux 6.18, an older kernel runs here");
        List<String> differences = new ArrayList<>();
        try (LinuxHost host = LinuxHost.open()) {
            for (long seed = 0; seed < COMPARED; seed++) {
                BpfObject object = object(seed);
                boolean accepted = isAccepted(object);
                try (LinuxObject loaded = host.open(object).loadEach()) {
                    ProgramOutcome outcome = loaded.outcomes().getFirst();
                    if (accepted != outcome instanceof ProgramOutcome.Loaded) {
                        differences.add("seed " + seed + ": accepted " + accepted + ", kernel " + outcome);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }
}

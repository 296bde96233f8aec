package dev.skep.bench.verifier;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies programs and has the kernel verify them, by turns, and prints what each took: the first time and the median. */
public final class VerifierTable {
    private static final int ROUNDS = 15;
    private static final String NONE = "-";

    private final KernelModel model = model();

    private VerifierTable() {}

    /** @param arguments objects */
    public static void main(String[] arguments) throws IOException {
        VerifierTable table = new VerifierTable();
        System.out.printf(
                "%-16s %12s %12s %7s %7s %9s %9s %9s %6s%n",
                "PROGRAM", "INSNS", "IN KERNEL", "STATES", "KERNEL", "FIRST MS", "MS", "KERNEL MS", "RATIO");
        for (String argument : arguments) {
            BpfObject object = ObjectReader.read(Files.readAllBytes(Path.of(argument)), argument);
            table.measure(object);
        }
    }

    private static KernelModel model() {
        KernelVersion version = KernelRelease.running().version();
        try {
            return KernelModel.host(
                    version, Btf.read(Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux")), Location.in("vmlinux")));
        } catch (IOException e) {
            return KernelModel.of(version);
        }
    }

    private void measure(BpfObject object) {
        int programs = object.programs().size();
        long[][] ours = new long[programs][ROUNDS];
        List<Map<String, KernelTime>> kernels = new ArrayList<>();
        ProgramVerdict[] verdicts = new ProgramVerdict[programs];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < programs; i++) {
                long start = System.nanoTime();
                verdicts[i] = Verifier.verify(object, object.programs().get(i), model, VerifierOptions.DEFAULT);
                ours[i][round] = System.nanoTime() - start;
            }
            kernel(object).ifPresent(kernels::add);
        }
        for (int i = 0; i < programs; i++) {
            print(object.programs().get(i), verdicts[i], ours[i], kernels);
        }
    }

    /** Empty where this user may load nothing. */
    private static Optional<Map<String, KernelTime>> kernel(BpfObject object) {
        try (LinuxHost host = LinuxHost.open()) {
            return Optional.of(KernelTime.measure(host, object));
        } catch (HostException e) {
            return Optional.empty();
        }
    }

    private static void print(
            ProgramSpec program, ProgramVerdict verdict, long[] times, List<Map<String, KernelTime>> kernels) {
        long first = times[0];
        double time = median(times) / 1e6;
        Statistics statistics = verdict.statistics();
        KernelTime[] rounds = kernels.stream()
                .map(round -> Optional.ofNullable(round.get(program.name())))
                .flatMap(Optional::stream)
                .toArray(KernelTime[]::new);
        String instructions = NONE;
        String states = NONE;
        String kernelTime = NONE;
        String ratio = NONE;
        if (rounds.length > 0) {
            double theirs =
                    median(Arrays.stream(rounds).mapToLong(KernelTime::nanos).toArray()) / 1e6;
            instructions = String.format("%,d", rounds[0].instructions());
            states = String.format("%,d", rounds[0].peakStates());
            kernelTime = String.format("%.2f", theirs);
            ratio = String.format("%.2f", time / theirs);
        }
        System.out.printf(
                "%-16s %,12d %12s %,7d %7s %9.1f %9.2f %9s %6s%n",
                program.name(),
                statistics.instructionsProcessed(),
                instructions,
                statistics.peakStates(),
                states,
                first / 1e6,
                time,
                kernelTime,
                ratio);
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package dev.skep.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.load.ProgramOutcome;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compiled objects of this repository: what the running kernel says of each program, our verifier says too. */
@NeedsBpf
class VerdictAgreementTest {
    private static final List<String> FOLDERS =
            List.of("examples", "bench/src/main/c", "linux/src/test/c", "object/src/test/c/corpus");

    /** Known disagreements: object and program, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.of();

    /** Fewer would mean that the objects are gone or that this kernel answers nothing. */
    private static final int PROGRAMS_AT_LEAST = 60;

    @Test
    void ourVerifierSaysWhatTheKernelSays() throws IOException {
        KernelModel model = KernelModel.host(
                KernelRelease.running().version(),
                KernelTypes.read(new InputFile(KernelTypes.RUNNING_KERNEL.toString())));
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (LinuxHost linux = LinuxHost.open()) {
            for (Path file : objects()) {
                BpfObject object = ObjectReader.read(
                        Files.readAllBytes(file), file.getFileName().toString());
                for (ProgramSpec program : object.programs()) {
                    Optional<String> kernel = kernel(linux, object, program);
                    if (kernel.isPresent() && !EXCEPTIONS.containsKey(file + " " + program.name())) {
                        compared++;
                        compare(file + " " + program.name(), kernel.get(), ours(object, program, model), differences);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(PROGRAMS_AT_LEAST);
    }

    private static List<Path> objects() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".o")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    private static void compare(String what, String kernel, String ours, List<String> differences) {
        if (kernel.isEmpty() != ours.isEmpty()) {
            differences.add(what + "\n  kernel: " + kernel + "\n  ours:   " + ours);
        }
    }

    /** Why the kernel rejects it, "" if it does not; empty if it has not come to a verdict, for want of a target or a right. */
    private static Optional<String> kernel(LinuxHost linux, BpfObject object, ProgramSpec program) {
        OpenObject open = linux.open(object);
        object.programs().forEach(each -> open.autoload(each.name(), each.equals(program)));
        try (LinuxObject loaded = open.loadEach()) {
            return loaded.outcomes().stream()
                    .filter(outcome -> outcome.spec().name().equals(program.name()))
                    .map(VerdictAgreementTest::verdict)
                    .findFirst()
                    .orElseThrow();
        } catch (InputException | HostException noVerdict) { // its maps, for example, need something this machine lacks
            return Optional.empty();
        }
    }

    private static Optional<String> verdict(ProgramOutcome outcome) {
        return switch (outcome) {
            case ProgramOutcome.Loaded _ -> Optional.of("");
            case ProgramOutcome.Rejected rejected ->
                Optional.of(rejected.rejection().log().reason()).filter(reason -> !reason.isEmpty());
            case ProgramOutcome.Unusable _, ProgramOutcome.NotWanted _ -> Optional.empty();
        };
    }

    private static String ours(BpfObject object, ProgramSpec program, KernelModel model) {
        return switch (Verifier.verify(object, program, model, VerifierOptions.DEFAULT)) {
            case ProgramVerdict.Accepted _ -> "";
            case ProgramVerdict.Rejected rejected ->
                rejected.rejection().message() + " (" + rejected.rejection().kernelMessage() + ")";
        };
    }
}

package dev.skep.engine.counterexample;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CounterexampleCorpusTest {
    private static final KernelModel LINUX_6_18 = KernelModel.of(KernelVersion.of("6.18"));

    @Test
    void table() {
        Map<String, int[]> counts = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (VerifierCase example : VerifierCorpus.cases()) {
            BpfObject object = Assembler.object(example.theme(), example.text());
            VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
            one(example.toString(), object, object.programs().getFirst(), options, counts, missed);
        }
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            for (ProgramSpec program : object.programs()) {
                one(name + "." + program.name(), object, program, VerifierOptions.DEFAULT, counts, missed);
            }
        });
        counts.forEach((cause, count) -> System.out.println(cause + " " + count[0] + " of " + count[1] + " " + count[2] + "ms max " + count[3]));
        missed.forEach(System.out::println);
    }

    private static void one(
            String name,
            BpfObject object,
            ProgramSpec program,
            VerifierOptions options,
            Map<String, int[]> counts,
            List<String> missed) {
        if (!(Verifier.verify(object, program, LINUX_6_18, options) instanceof ProgramVerdict.Rejected no)) {
            return;
        }
        String cause = no.rejection().cause().id();
        long start = System.nanoTime();
        Optional<Counterexample> found =
                CounterexampleSearch.find(object, program, no.rejection(), LINUX_6_18);
        int millis = (int) ((System.nanoTime() - start) / 1_000_000);
        int[] count = counts.computeIfAbsent(cause, c -> new int[4]);
        count[1]++;
        count[2] += millis;
        count[3] = Math.max(count[3], millis);
        if (found.isPresent()) {
            count[0]++;
            System.out.println("FOUND " + cause + " " + name + " (" + millis + " ms): " + found.get());
        } else if (Goal.canBeShown(no.rejection())) {
            missed.add("MISSED " + cause + " " + name + " (" + millis + " ms)");
        }
    }
}

package dev.skep.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.machine.PossibleCpus;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.BpfMap;
import dev.skep.testkit.NeedsBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations on a map of the kernel and on one of the engine, both as {@link BpfMap}: the same answers, refusals included. */
@NeedsBpf
class MapAgreementTest {
    /** Another seed, and more rounds, by {@code -Dskep.seed=N -Dskep.rounds=N}. */
    private static final long SEED = Long.getLong("skep.seed", 618);

    private static final int ROUNDS = Integer.getInteger("skep.rounds", 6);
    private static final int QUESTIONS = 200;

    static Stream<MapShape> shapes() {
        return MapShape.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bothHostsAnswerAlike(MapShape shape) {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            try (LinuxHost linux = LinuxHost.open();
                    LinuxObject loaded = linux.load(object(shape));
                    EngineHost engine = EngineHost.open(EngineOptions.defaults().withCpus(PossibleCpus.count()))) {
                BpfMap kernels = loaded.map("agreement").orElseThrow();
                BpfMap engines = engine.createMap(shape.spec());
                assertThat(differences(shape, random, kernels, engines))
                        .as("seed %d", SEED + round)
                        .isEmpty();
            }
        }
    }

    private static List<String> differences(MapShape shape, Random random, BpfMap kernels, BpfMap engines) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            MapQuestion question = MapQuestion.random(shape, random);
            String kernel = question.answer(kernels);
            String engine = question.answer(engines);
            if (!kernel.equals(engine)) {
                differences.add(question.text() + "\n  kernel " + kernel + "\n  engine " + engine);
            }
        }
        return differences;
    }

    private static BpfObject object(MapShape shape) {
        return new BpfObject(
                "agreement",
                List.of(),
                List.of(),
                List.of(shape.spec()),
                List.of(),
                List.of(),
                Btf.of(List.of()),
                "GPL",
                0);
    }
}

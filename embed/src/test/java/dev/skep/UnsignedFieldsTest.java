package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import dev.skep.testkit.NeedsBpf;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code @Unsigned} means the same wherever a program runs: what a field reads as, until something narrows it. */
class UnsignedFieldsTest {
    private static void check(Supplier<ClassHost> opening) {
        Map<String, Integer> results = new TreeMap<>();
        try (ClassHost host = opening.get();
                LoadedClass loaded = host.load(UnsignedFields.class)) {
            for (String name : PlainJava.programs(UnsignedFields.class)) {
                results.put(name, (int) loaded.program(name).run(new byte[64]).returnValue());
            }
        }
        assertThat(results)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "read", 600 + 65_000,
                        "compared", 1 + 4,
                        "inVariables", 200,
                        "inParameters", 201_201,
                        "narrowed", -56,
                        "asResult", -56,
                        "copied", -56));
    }

    @Test
    void inTheInterpreter() {
        check(() -> Skep.engine(EngineOptions.defaults().withBackend(Backend.INTERPRETER)));
    }

    @Test
    void inTheJit() {
        check(() -> Skep.engine(EngineOptions.defaults().withBackend(Backend.JIT)));
    }

    @Test
    void onTheJvm() {
        check(Skep::jvm);
    }

    @Test
    @NeedsBpf
    void inTheKernel() {
        check(Skep::kernel);
    }
}

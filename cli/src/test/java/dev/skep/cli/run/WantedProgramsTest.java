package dev.skep.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.InitialSlot;
import dev.skep.object.program.ProgramSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedProgramsTest {
    private static final String SOURCE = """
            .map targets prog_array key=4 value=4 entries=4
            .program first xdp
                r0 = 2
                exit
            .program target xdp
                r0 = 1
                exit
            .program unrelated xdp
                r0 = 0
                exit
            .program filter tc
                r0 = 0
                exit
            """;

    /** {@link #SOURCE} with {@code target} and {@code filter} in the program array. */
    private static BpfObject object() {
        BpfObject read = Assembler.object("wanted.s", SOURCE);
        List<MapSpec> maps = read.maps().stream()
                .map(map -> map.withValues(List.of(new InitialSlot(0, "target"), new InitialSlot(1, "filter"))))
                .toList();
        return new BpfObject(
                read.name(),
                read.programs(),
                read.functions(),
                maps,
                read.externs(),
                read.structOps(),
                read.btf(),
                read.license(),
                read.kernelVersion());
    }

    private static BpfObject wanted(String chosen) {
        return WantedPrograms.of(object(), object().program(chosen).orElseThrow());
    }

    private static List<String> loaded(BpfObject object) {
        return object.programs().stream()
                .filter(ProgramSpec::autoload)
                .map(ProgramSpec::name)
                .toList();
    }

    @Test
    void programsThatTailCallsCannotReachAreNotLoaded() {
        assertThat(loaded(wanted("first"))).containsExactly("first", "target");
        assertThat(loaded(wanted("unrelated"))).containsExactly("target", "unrelated");
        assertThat(loaded(wanted("filter"))).containsExactly("filter");
    }

    @Test
    void programArraysHoldOnlyProgramsOfTheChosenOnesType() {
        assertThat(wanted("first").maps().getFirst().values()).containsExactly(new InitialSlot(0, "target"));
        assertThat(wanted("filter").maps().getFirst().values()).containsExactly(new InitialSlot(1, "filter"));
    }
}

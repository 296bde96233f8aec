package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.BpfObject;
import dev.skep.object.instruction.InstructionSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/asm.md shows is true. */
class DocumentedExampleTest {
    private static final Path PAGE = Path.of("../docs/asm.md");

    @Test
    void theWholeProgramAssembles() throws IOException {
        BpfObject object = Assembler.object("count.s", block(1));
        assertThat(object.license()).isEqualTo("GPL");
        assertThat(object.functions()).extracting("name").containsExactly("count", "bump");
        assertThat(object.functions())
                .allSatisfy(function -> assertThat(function.instructions()).allMatch(InstructionSet::isValid));
    }

    @Test
    void theMistakeIsDrawnAsShown() throws IOException {
        String mistyped = block(1).replace("bpf_map_lookup_elem", "bpf_map_lookup_elm");
        String drawn = block(2);
        assertThatThrownBy(() -> Assembler.object("count.s", mistyped))
                .isInstanceOfSatisfying(
                        AssemblyException.class, e -> assertThat(e.render()).isEqualTo(drawn));
    }

    /** The page's code block with this number, from 1. */
    private static String block(int number) throws IOException {
        return Files.readString(PAGE).split("```\n", -1)[2 * number - 1];
    }
}

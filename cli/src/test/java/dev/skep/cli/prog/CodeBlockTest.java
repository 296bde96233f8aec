package dev.skep.cli.prog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.assembly.Assembler;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeBlockTest {
    private static List<String> blocks(String code, List<Integer> entries) {
        return CodeBlock.of(Assembler.instructions("code", code), entries).stream()
                .map(block -> block.start() + "+" + block.instructions().size() + " -> " + block.next())
                .toList();
    }

    @Test
    void blocksEndAtJumpsAndBeginAtTheirTargets() {
        assertThat(blocks("""
                        r0 = 0
                        if r1 == 0 goto +2
                        r2 = 1 ll
                        r0 = 1
                        exit
                        """, List.of(0))).containsExactly("0+2 -> [2, 4]", "2+1 -> [4]", "4+2 -> []");
    }

    @Test
    void callsComeBackAndFunctionsBeginBlocks() {
        assertThat(blocks("""
                        call 7
                        goto -2
                        r0 = 0
                        exit
                        """, List.of(0, 2))).containsExactly("0+2 -> [0]", "2+2 -> []");
    }

    @Test
    void theLongJumpHasItsDistanceInTheImmediate() {
        assertThat(blocks("""
                        gotol +1
                        r0 = 1
                        exit
                        """, List.of())).containsExactly("0+1 -> [2]", "1+1 -> [2]", "2+1 -> []");
    }
}

package dev.skep.verifier.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.explore.Verification;
import dev.skep.verifier.kernel.KernelModel;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changing a program moves all that counts slots. */
class CodeEditorTest {
    private static final KernelModel LINUX_6_18 = KernelModel.of(KernelVersion.of("6.18"));
    private static final Instruction NOTHING = Instruction.of(Opcode.JA, 0, 0, 0, 0);
    private static final long SEED = 7;

    private static ProgramImage image(String text) {
        BpfObject object = Assembler.object("edited", text);
        return ProgramImageBuilder.build(object, object.programs().getFirst());
    }

    static List<VerifierCase> accepted() {
        return VerifierCorpus.cases().stream()
                .filter(example -> example.cause().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void insertingNothingAnywhereChangesNoVerdict(VerifierCase example) {
        BpfObject object = Assembler.object(example.theme(), example.text());
        VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
        ProgramImage image = ProgramImageBuilder.build(object, object.programs().getFirst());
        boolean expected = Verification.of(object, image, LINUX_6_18, options).isAccepted();
        Random random = new Random(SEED + example.name().hashCode());
        for (int round = 0; round < 3; round++) {
            CodeEditor editor = new CodeEditor(image);
            for (int slot = 0; slot < image.instructions().slotCount(); slot++) {
                if (image.instructions().startsAt(slot) && random.nextInt(3) == 0) {
                    editor.before(slot, List.of(NOTHING));
                }
            }
            EditedImage edited = editor.edited().orElseThrow();

            assertThat(Verification.of(object, edited.image(), LINUX_6_18, options)
                            .isAccepted())
                    .isEqualTo(expected);
        }
    }

    @Test
    void jumpsCallsReferencesAndFunctionsMove() {
        ProgramImage image = image("""
                .map m array key=4 value=8 entries=1
                .program prog xdp
                        if r1 == 0 goto out
                        r1 = m ll
                        call f
                out:    r0 = 2
                        exit
                .function f
                        r0 = 0
                        exit
                """);
        CodeEditor editor = new CodeEditor(image);
        editor.before(0, List.of(NOTHING));
        editor.before(1, List.of(NOTHING));
        editor.before(4, List.of(NOTHING, NOTHING));
        editor.before(6, List.of(NOTHING));
        EditedImage edited = editor.edited().orElseThrow();
        List<Instruction> code = edited.image().instructions().asList();

        assertThat(code.get(1).offset())
                .as("the jump goes to what is inserted before out")
                .isEqualTo((short) 4);
        assertThat(edited.image().references().getFirst().slot()).isEqualTo(3);
        assertThat(code.get(4).imm()).as("the call's distance").isEqualTo(4);
        assertThat(edited.origin(1)).hasValue(0);
        assertThat(edited.origin(0)).isEmpty();
        assertThat(edited.origin(3)).hasValue(1);
    }

    @Test
    void whatIsInsertedAfterAnInstructionIsPassedByJumpsToTheNext() {
        ProgramImage image = image("""
                .program prog xdp
                        if r1 == 0 goto next
                        r2 = 1
                next:   r0 = 2
                        exit
                """);
        CodeEditor editor = new CodeEditor(image);
        editor.after(1, List.of(NOTHING, NOTHING));

        assertThat(editor.edited().orElseThrow().image().instructions().at(0).offset())
                .isEqualTo((short) 3);
    }

    @Test
    void whatIsInsertedOnTheWayOfAJumpIsPassedByWhoComesFromElsewhere() {
        ProgramImage image = image("""
                .program prog xdp
                        if r1 == 0 goto out
                        r2 = 1
                out:    r0 = 2
                        exit
                """);
        CodeEditor editor = new CodeEditor(image);
        editor.onJump(0, List.of(NOTHING, NOTHING));
        List<Instruction> code =
                editor.edited().orElseThrow().image().instructions().asList();

        assertThat(code).hasSize(7);
        assertThat(code.get(0).offset()).as("to behind the end").isEqualTo((short) 3);
        assertThat(code.get(6).offset()).as("and back").isEqualTo((short) -5);
    }

    @Test
    void aJumpThatBecomesTooLongIsNotMade() {
        ProgramImage image = image("""
                .program prog xdp
                        if r1 == 0 goto next
                        r2 = 1
                next:   r0 = 2
                        exit
                """);
        CodeEditor editor = new CodeEditor(image);
        editor.before(1, Collections.nCopies(Short.MAX_VALUE, NOTHING));

        assertThat(editor.edited()).isEmpty();
    }
}

package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BtfPatchTest {
    private static final BtfType INT = new BtfType.Int("int", 4, true, false, false, 0, 32);

    private final Btf btf = Btf.of(List.of(
            INT,
            new BtfType.Variable("a", 1, BtfType.Linkage.GLOBAL),
            new BtfType.Variable("b", 1, BtfType.Linkage.GLOBAL),
            new BtfType.DataSection(
                    ".data", 0, List.of(new BtfType.SectionVariable(2, 0, 4), new BtfType.SectionVariable(3, 0, 4)))));

    @Test
    void withoutChangesItIsTheSame() {
        assertThat(new BtfPatch(btf).build()).isSameAs(btf);
    }

    @Test
    void numbersChangeAndNothingElse() {
        BtfPatch patch = new BtfPatch(btf);
        List<BtfType.SectionVariable> places =
                List.of(new BtfType.SectionVariable(3, 0, 4), new BtfType.SectionVariable(2, 4, 4));
        patch.layOut(4, 8, places);
        patch.link(2, BtfType.Linkage.STATIC);
        assertThat(patch.build())
                .isEqualTo(Btf.of(List.of(
                        INT,
                        new BtfType.Variable("a", 1, BtfType.Linkage.STATIC),
                        new BtfType.Variable("b", 1, BtfType.Linkage.GLOBAL),
                        new BtfType.DataSection(".data", 8, places))));
        assertThat(btf.type(4))
                .isEqualTo(new BtfType.DataSection(
                        ".data",
                        0,
                        List.of(new BtfType.SectionVariable(2, 0, 4), new BtfType.SectionVariable(3, 0, 4))));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        BtfPatch patch = new BtfPatch(btf);
        assertThatThrownBy(() -> patch.layOut(4, 8, List.of())).hasMessageContaining("has 2 variables");
        assertThatThrownBy(() -> patch.layOut(1, 8, List.of())).hasMessageContaining("no DATASEC");
        assertThatThrownBy(() -> patch.link(1, BtfType.Linkage.STATIC)).hasMessageContaining("no VAR");
        assertThatThrownBy(() -> patch.link(5, BtfType.Linkage.STATIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no type 5, the last is 4");
        assertThat(patch.build()).isSameAs(btf);
    }
}

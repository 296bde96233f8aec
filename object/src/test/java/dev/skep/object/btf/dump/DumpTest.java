package dev.skep.object.btf.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpTest {
    private static final BtfType INT = new BtfType.Int("int", 4, true, false, false, 0, 32);

    @ParameterizedTest
    @ValueSource(strings = {"kinds", "layout", "naming", "part_a", "part_b", "program"})
    void everyFormIsWhatBpftoolPrints(String sample) {
        Btf btf = Samples.btf(sample);
        assertThat(Texts.c(btf)).isEqualTo(Samples.text(sample + ".c.txt"));
        assertThat(Texts.raw(btf)).isEqualTo(Samples.text(sample + ".raw.txt"));
        assertThat(Texts.json(btf)).isEqualTo(Texts.corrected(Samples.text(sample + ".json")));
    }

    @Test
    void typesOfTheSameNameAreNumbered() {
        Btf btf = Btf.of(List.of(
                INT,
                new BtfType.Composite("s", false, 4, List.of(new BtfType.Member("a", 1, 0, 0))),
                new BtfType.Composite("s", false, 4, List.of(new BtfType.Member("b", 1, 0, 0))),
                new BtfType.Typedef("s", 3),
                new BtfType.Enumeration("", 4, false, false, List.of(new BtfType.Enumerator("s", 1)))));
        StringBuilder text = new StringBuilder();
        CDump.types(btf, List.of(2, 3, 4, 5), text::append);
        assertThat(text)
                .hasToString("struct s {\n\tint a;\n};\n\nstruct s___2 {\n\tint b;\n};\n\n"
                        + "typedef struct s___2 s;\n\nenum {\n\ts___2 = 1,\n};\n\n");
    }

    @Test
    void onlyWhatAChosenTypeNeedsIsWritten() {
        StringBuilder text = new StringBuilder();
        Btf btf = Samples.btf("naming");
        CDump.types(btf, List.of(btf.find("point", BtfType.Typedef.class).orElseThrow()), text::append);
        assertThat(text).hasToString("struct point {\n\tint x;\n\tint y;\n};\n\ntypedef struct point point;\n\n");
    }

    @Test
    void textOutOfAllProportionIsRefused() {
        List<BtfType> types = new ArrayList<>(List.of(INT));
        for (int id = 2; id < 60; id++) {
            types.add(new BtfType.Composite(
                    "",
                    true,
                    4,
                    List.of(new BtfType.Member("a", id - 1, 0, 0), new BtfType.Member("b", id - 1, 0, 0))));
        }
        types.add(new BtfType.Composite("all", false, 4, List.of(new BtfType.Member("u", 59, 0, 0))));
        Btf btf = Btf.of(types);
        assertThatThrownBy(() -> CDump.header(btf, text -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("BTF type");
    }

    @Test
    void typesNestedTooDeepAreRefused() {
        List<BtfType> types = new ArrayList<>(List.of(INT));
        for (int id = 2; id < 100_000; id++) {
            types.add(new BtfType.Pointer(id - 1));
        }
        types.add(new BtfType.Typedef("deep", 99_999));
        Btf btf = Btf.read(Btf.of(types).write(), Location.in("deep.o"));
        assertThatThrownBy(() -> CDump.header(btf, text -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested more than");
    }

    @Test
    void aStructOfGigabytesOfPaddingIsRefused() {
        Btf btf = Btf.of(List.of(new BtfType.Composite("huge", false, Integer.MAX_VALUE, List.of())));
        assertThatThrownBy(() -> CDump.header(btf, text -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("longer than");
    }
}

package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BtfBuilderTest {
    @Test
    void appendedTypesReferToEachOtherAsBefore() {
        Btf first = Samples.btf("part_a");
        Btf second = Samples.btf("part_b");
        BtfBuilder builder = new BtfBuilder();
        builder.append(first);
        int[] ids = builder.append(second);
        Btf both = builder.build();
        assertThat(both.typeCount()).isEqualTo(first.typeCount() + second.typeCount() - 1);
        assertThat(ids[0]).isZero();
        for (int id = 1; id < second.typeCount(); id++) {
            assertThat(TypeReferences.map(second.type(id), old -> ids[old])).isEqualTo(both.type(ids[id]));
        }
    }

    @Test
    void aTypeCanBeReplacedUnderItsId() {
        BtfBuilder builder = new BtfBuilder();
        int id = builder.add(new BtfType.Forward("s", false));
        builder.set(id, new BtfType.Composite("s", false, 0, List.of()));
        assertThat(builder.build().type(id)).isInstanceOf(BtfType.Composite.class);
    }
}

package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BtfLayoutTest {
    /** Aligned by an attribute, which BTF does not record and offsets cannot show. */
    private static final Set<String> ALIGNED_BY_HAND =
            Set.of("aligned_16", "aligned_member", "holder", "trailing", "partly_packed", "packed_holes");

    private static final Btf BTF = Samples.btf("layout");
    private final BtfLayout layout = new BtfLayout(BTF);

    /** What clang computed, as enumerators: {@code SIZE__plain = 32}. */
    private static Map<String, Long> expected(String prefix) {
        int id = BTF.find("expected", BtfType.Enumeration.class).orElseThrow();
        return ((BtfType.Enumeration) BTF.type(id))
                .enumerators().stream()
                        .filter(e -> e.name().startsWith(prefix))
                        .collect(Collectors.toMap(e -> e.name().substring(prefix.length()), BtfType.Enumerator::value));
    }

    private static <T> Map<String, Long> computed(Set<String> names, Function<String, Long> answer) {
        return names.stream().collect(Collectors.toMap(Function.identity(), answer));
    }

    private static int composite(String name) {
        return BTF.find(name, BtfType.Composite.class).orElseThrow();
    }

    @Test
    void sizesAreClangsSizeof() {
        Map<String, Long> sizes = expected("SIZE__");
        assertThat(sizes).hasSizeGreaterThan(15);
        assertThat(computed(sizes.keySet(), name -> (long) layout.size(composite(name))))
                .isEqualTo(sizes);
    }

    @Test
    void alignmentsAreClangsWhereOffsetsShowThem() {
        Map<String, Long> alignments = expected("ALIGN__");
        alignments.keySet().removeAll(ALIGNED_BY_HAND);
        assertThat(alignments).hasSizeGreaterThan(9);
        assertThat(computed(alignments.keySet(), name -> (long) layout.alignment(composite(name))))
                .isEqualTo(alignments);
    }

    @Test
    void offsetsAreClangsOffsetof() {
        Map<String, Long> offsets = expected("OFFSET__");
        assertThat(offsets).hasSizeGreaterThan(20);
        assertThat(computed(offsets.keySet(), name -> {
                    String[] parts = name.split("__");
                    return layout.field(composite(parts[0]), parts[1])
                            .orElseThrow()
                            .byteOffset();
                }))
                .isEqualTo(offsets);
    }

    @Test
    void aFieldOfAnAnonymousMemberIsFoundWithItsPath() {
        BtfLayout.Field second = layout.field(composite("anonymous"), "second").orElseThrow();
        assertThat(second.path()).isEqualTo(List.of(1, 0, 1));
        assertThat(second.bitOffset()).isEqualTo(128);
        assertThat(layout.field(composite("anonymous"), "inner")).isEmpty();
    }

    @Test
    void bitfieldsKeepTheirWidth() {
        assertThat(layout.field(composite("bits"), "e"))
                .hasValueSatisfying(field -> assertThat(field.bits()).isEqualTo(40));
        assertThat(layout.field(composite("bits"), "h"))
                .hasValueSatisfying(field -> assertThat(field.bits()).isZero());
    }

    @Test
    void packedStructsAreRecognised() {
        List<String> packed = List.of("packed", "packed_holes", "partly_packed", "bits_packed");
        List<String> natural = List.of("plain", "bits", "anonymous", "with_empty", "flexible", "aligned_member");
        assertThat(packed).allMatch(name -> layout.packed((BtfType.Composite) BTF.type(composite(name))));
        assertThat(natural).noneMatch(name -> layout.packed((BtfType.Composite) BTF.type(composite(name))));
    }

    @Test
    void voidHasNoSize() {
        assertThatThrownBy(() -> layout.size(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no size");
    }

    @Test
    void arraysBeyondTwoGibibytesAreRefused() {
        Btf huge = Btf.of(List.of(
                new BtfType.Int("int", 4, true, false, false, 0, 32),
                new BtfType.Array(1, 1, Integer.MAX_VALUE),
                new BtfType.Array(2, 1, Integer.MAX_VALUE),
                new BtfType.Array(3, 1, Integer.MAX_VALUE)));
        assertThatThrownBy(() -> new BtfLayout(huge).size(4))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 GiB");
    }
}

package dev.skep.object.btf.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.Samples;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law that the C text is for: a compiler lays its types out as the types were that it was made of. The sample
 * {@code kinds} is left out: it has an enumeration of one byte, which libbpf 1.1 and so this text do not mark.
 */
@NeedsTool("clang-19")
class HeaderLayoutTest {
    private static String assertions(Btf btf) {
        StringBuilder text = new StringBuilder();
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.type(id) instanceof BtfType.Composite t
                    && !t.name().isEmpty()
                    && btf.idsNamed(t.name()).stream()
                                    .filter(other -> btf.type(other) instanceof BtfType.Composite)
                                    .count()
                            == 1) {
                String name = (t.union() ? "union " : "struct ") + t.name();
                text.append("_Static_assert(sizeof(%s) == %d, \"size of %s\");\n".formatted(name, t.size(), name));
                for (BtfType.Member member : t.members()) {
                    if (member.bitfieldSize() == 0 && !member.name().isEmpty()) {
                        text.append("_Static_assert(__builtin_offsetof(%s, %s) == %d, \"%s of %s\");\n"
                                .formatted(name, member.name(), member.bitOffset() / 8, member.name(), name));
                    }
                }
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "naming", "part_a", "part_b", "program"})
    void clangLaysTheTypesOutAsTheyWere(String sample) {
        Btf btf = Samples.btf(sample);
        String source = Texts.c(btf) + assertions(btf);
        assertThat(source).contains("_Static_assert(sizeof(struct");
        Tools.run(
                        List.of("clang-19", "-target", "bpf", "-fsyntax-only", "-x", "c", "-"),
                        source.getBytes(StandardCharsets.UTF_8),
                        null,
                        Duration.ofMinutes(1))
                .expectSuccess();
    }
}

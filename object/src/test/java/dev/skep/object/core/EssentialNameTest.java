package dev.skep.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EssentialNameTest {
    /** The last ___ between two other characters begins the flavour; longer runs of _ do not. */
    @ParameterizedTest
    @CsvSource({
        "task_struct, task_struct",
        "task_struct___v2, task_struct",
        "a___b___c, a___b",
        "a____b, a____b",
        "___slab_alloc, ___slab_alloc",
        "trailing___, trailing___",
        "a___b____c, a",
        "a___b___, a",
        "_, _",
    })
    void theFlavourIsWhatFollowsTheLastTripleUnderscore(String name, String essential) {
        assertThat(EssentialName.of(name)).isEqualTo(essential);
        assertThat(EssentialName.isFlavoured(name)).isEqualTo(!name.equals(essential));
    }

    @Test
    void namesThatDifferInFlavourAloneAreTheSame() {
        assertThat(EssentialName.same("sock___old", "sock___new")).isTrue();
        assertThat(EssentialName.same("sock", "sock___new")).isTrue();
        assertThat(EssentialName.same("sock", "sock_common")).isFalse();
        // The essential name of the first is a___b, of the second a.
        assertThat(EssentialName.same("a___b___c", "a___b")).isFalse();
    }
}

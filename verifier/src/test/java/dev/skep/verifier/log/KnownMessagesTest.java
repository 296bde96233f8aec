package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table against a list of all messages of the kernels from 5.4 to 7.3. */
class KnownMessagesTest {
    /** A message. @param first the kernel it was first seen in */
    private record Known(String cause, String first, String last, String text) {}

    private static List<Known> known() throws IOException {
        try (InputStream list = KnownMessagesTest.class.getResourceAsStream("known-messages.tsv")) {
            String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(columns -> new Known(columns[0], columns[1], columns[2], columns[3]))
                    .toList();
        }
    }

    @Test
    void everyMessageMeansItsCause() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Known message : known()) {
            String cause = KernelMessages.find(message.text())
                    .map(found -> found.cause().id())
                    .orElse("unknown");
            if (!cause.equals(message.cause())) {
                wrong.add(message.text() + " (" + message.first() + ".." + message.last() + "): " + cause + ", not "
                        + message.cause());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theListHasTheMessagesOfAllKernels() throws IOException {
        List<Known> known = known();
        assertThat(known).hasSizeGreaterThan(950);
        assertThat(known.stream().map(Known::first).collect(Collectors.toSet()))
                .isEqualTo(Set.of("5.4", "5.10", "6.1", "6.12", "6.18", "7.3", "libbpf"));
    }

    @Test
    void aMessageIsFoundInsideOtherWords() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Known message : known()) {
            MessageTemplate template = KernelMessages.templates().stream()
                    .filter(each -> each.match(message.text()).isPresent())
                    .findFirst()
                    .orElseThrow();
            boolean searchable =
                    template.literals() >= 20 && !template.text().startsWith("*") && !template.supplement();
            Optional<KernelMessage> found =
                    KernelMessages.search("2024/08/05 error loading: " + message.text() + ", so there");
            if (searchable && found.isEmpty()) {
                lost.add(message.text());
            }
        }
        assertThat(lost).isEmpty();
    }
}

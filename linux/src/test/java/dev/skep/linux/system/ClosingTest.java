package dev.skep.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<Integer> closed = new ArrayList<>();

    private AutoCloseable thing(int number) {
        return () -> closed.add(number);
    }

    private AutoCloseable failing(int number, Exception failure) {
        return () -> {
            closed.add(number);
            throw failure;
        };
    }

    @Test
    void theLastIsClosedFirst() {
        Closing.all(List.of(thing(1), thing(2), thing(3)));
        assertThat(closed).containsExactly(3, 2, 1);
    }

    @Test
    void allAreClosedAndTheFirstFailureTellsOfTheOthers() {
        RuntimeException first = new IllegalArgumentException("first");
        IOException second = new IOException("second");
        assertThatThrownBy(() -> Closing.all(List.of(thing(1), failing(2, second), failing(3, first))))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(closed).containsExactly(3, 2, 1);
    }

    @Test
    void afterAFailureThatOneTellsOfWhatClosingThrew() {
        RuntimeException cause = new IllegalStateException("why they are closed");
        RuntimeException failure = new IllegalArgumentException("of closing");
        Closing.after(cause, List.of(thing(1), failing(2, failure)));
        assertThat(cause).hasSuppressedException(failure);
        assertThat(closed).containsExactly(2, 1);
    }
}

package dev.skep.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {
    @Test
    void theMessageSaysWhereWhatAndWhatToDo() {
        InputException error =
                new InputException(Location.in("a.o").section("xdp").at(64), "nothing is there", "look elsewhere");
        assertThat(error).hasMessage("a.o: section xdp, offset 0x40: nothing is there; look elsewhere");
    }

    @Test
    void namesFromTheInputCannotBreakTheLine() {
        InputException error = new InputException(Location.in("a.o"), "'x\n\u001b[2J\u0000\u00e9' is missing", "");
        assertThat(error).hasMessage("a.o: 'x\\x0a\\x1b[2J\\x00\u00e9' is missing");
    }
}

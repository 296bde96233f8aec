package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.EngineOptions;
import dev.skep.engine.TrapException;
import org.junit.jupiter.api.Test;

class InterpreterTrapTest extends TrapContract {
    InterpreterTrapTest() {
        super(EngineOptions.Backend.INTERPRETER);
    }

    @Test
    void theBudgetCountsExactly() {
        // 2 + 3 * n instructions for n rounds.
        String code = "r0 = 0; l: r0 += 1; if r0 == 100 goto +1; goto l; exit";
        long needed = 1 + 99 * 3 + 2 + 1;
        EngineOptions interpreter =
                EngineOptions.defaults().withTrustedPrograms(true).withBackend(EngineOptions.Backend.INTERPRETER);
        assertThat(RawPrograms.run(interpreter.withInstructionBudget(needed), code, new byte[0]))
                .isEqualTo(100);
        assertThatThrownBy(() -> RawPrograms.run(interpreter.withInstructionBudget(needed - 5), code, new byte[0]))
                .isInstanceOf(TrapException.class);
    }
}

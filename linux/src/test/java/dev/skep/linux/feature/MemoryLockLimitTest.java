package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.ProcessLimits;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryLockLimitTest {
    @Test
    void itIsLiftedAsFarAsThisProcessMay() {
        long now = MemoryLockLimit.lift();

        OptionalLong seen = ProcessLimits.of(MachineFiles.OF_THIS_MACHINE).lockedMemory();
        assertThat(seen).hasValue(now == -1 ? ProcessLimits.UNLIMITED : now);
    }
}

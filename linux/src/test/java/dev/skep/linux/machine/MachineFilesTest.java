package dev.skep.linux.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {
    @TempDir
    Path root;

    @Test
    void aSettingOfSeveralDigitsIsReadWhole() {
        // pid_max is at least 301 everywhere; the kernel hands it out in one piece only.
        assertThat(MachineFiles.OF_THIS_MACHINE.number("/proc/sys/kernel/pid_max"))
                .hasValueSatisfying(value -> assertThat(value).isGreaterThan(300));
    }

    @Test
    void whatIsNotThereIsEmptyAndSoIsWhatIsNoNumber() {
        MachineFiles files =
                new DescribedMachine(root).with("/proc/sys/a", "ten\n").files();

        assertThat(files.number("/proc/sys/a")).isEmpty();
        assertThat(files.text("/proc/sys/a")).contains("ten");
        assertThat(files.number("/proc/sys/b")).isEmpty();
        assertThat(files.lines("/proc/sys/b")).isEmpty();
        assertThat(files.exists("/proc/sys")).isTrue();
        assertThat(files.exists("/proc/sys/b")).isFalse();
    }

    @Test
    void aFileLongerThanTheBufferIsReadWhole() {
        byte[] content = new byte[200_000];
        content[199_999] = 1;
        assertThat(new DescribedMachine(root)
                        .with("/boot/config", content)
                        .files()
                        .bytes("/boot/config"))
                .contains(content);
    }
}

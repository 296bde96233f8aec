package dev.skep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {
    @Test
    void aFailureToWriteIsRemembered(@TempDir Path folder) throws IOException {
        FileOutputStream file = new FileOutputStream(folder.resolve("results").toFile());
        StandardOutput output = new StandardOutput(file.getFD());
        output.write(new byte[] {1}, 0, 1);
        assertThat(output.loss()).isEmpty();
        file.close();
        assertThatThrownBy(() -> output.write(new byte[] {1}, 0, 1)).isInstanceOf(IOException.class);
        assertThat(output.loss()).isPresent();
    }
}

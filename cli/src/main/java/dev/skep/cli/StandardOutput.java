package dev.skep.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where results go. It remembers why writing failed, as a disk is full: a {@link java.io.PrintWriter} goes on silently. */
final class StandardOutput extends FileOutputStream {
    private @Nullable String loss;

    StandardOutput(FileDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            loss = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** Why results got lost, if they did. That a reader (such as {@code head}) has seen enough is no loss. */
    Optional<String> loss() {
        String reason = loss;
        return reason == null || reason.contains("Broken pipe") ? Optional.empty() : Optional.of(reason);
    }
}

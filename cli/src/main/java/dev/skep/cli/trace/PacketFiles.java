package dev.skep.cli.trace;

import dev.skep.engine.capture.CaptureInterface;
import dev.skep.engine.capture.CaptureWriter;
import dev.skep.engine.capture.LinkType;
import dev.skep.engine.capture.PcapWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The capture files that {@code skboutput} writes: packets that begin with the header of IP. */
final class PacketFiles implements AutoCloseable {
    private final Map<String, CaptureWriter> files = new HashMap<>();

    /** @param nanoseconds since 1970 */
    void write(String path, long nanoseconds, MemorySegment packet) {
        try {
            CaptureWriter file = files.get(path);
            if (file == null) {
                file = new PcapWriter(Files.newOutputStream(Path.of(path)), CaptureInterface.of(LinkType.RAW));
                files.put(path, file);
            }
            file.write(nanoseconds, packet.toArray(ValueLayout.JAVA_BYTE));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            for (CaptureWriter file : files.values()) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a capture", e);
        }
    }
}

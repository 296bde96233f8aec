package dev.skep.bench.vm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the programs run on: UDP packets with random payloads, always the same ones. */
final class Packets {
    private static final int LENGTH = 1480;
    private static final int ETHERNET = 14;
    private static final int COUNT = 3;

    private Packets() {}

    /** Writes them to a directory. @return the files */
    static List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= COUNT; number++) {
            files.add(Files.write(directory.resolve("packet" + number), packet(number)));
        }
        return files;
    }

    static byte[] packet(int number) {
        byte[] bytes = new byte[LENGTH];
        new SplittableRandom(number).nextBytes(bytes);
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        packet.putShort(12, (short) 0x0800);
        packet.position(ETHERNET);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (LENGTH - ETHERNET));
        packet.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        packet.putInt(0x0a000001).putInt(0xc0a80100 + number);
        packet.putShort((short) (1000 + number)).putShort((short) 53).putShort((short) (LENGTH - ETHERNET - 20));
        return bytes;
    }
}

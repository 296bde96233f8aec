package dev.skep;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Packets that are often, but not always, IPv4 with TCP. */
final class RandomPackets {
    private RandomPackets() {}

    /** The same ones each time. */
    static List<byte[]> of(int count) {
        Random random = new Random(count);
        return Stream.generate(() -> packet(random)).limit(count).toList();
    }

    private static byte[] packet(Random random) {
        byte[] bytes = new byte[14 + random.nextInt(90)];
        random.nextBytes(bytes);
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        if (random.nextInt(8) > 0) {
            packet.putShort(12, (short) 0x0800);
        }
        if (bytes.length >= 34 && random.nextInt(4) > 0) {
            packet.put(14, (byte) (0x40 | random.nextInt(16)))
                    .put(23, (byte) (random.nextBoolean() ? 6 : random.nextInt(256)))
                    .putInt(26, 0x0a000000 | random.nextInt(8));
            int tcp = 14 + (bytes[14] & 15) * 4;
            if (bytes.length >= tcp + 4) {
                packet.putShort(tcp, (short) (0xfff0 + random.nextInt(4)));
                packet.putShort(tcp + 2, (short) (22 + random.nextInt(3)));
            }
        }
        return bytes;
    }
}

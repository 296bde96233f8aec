package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When this process may open no more files, buffers say so and leave none behind. */
@NeedsBpf
class ShortageTest {
    private static void holds(LinuxMap map, int needed, Runnable use) {
        use.run(); // loads the classes, for which there will be no descriptor
        for (int free = 0; free < needed; free++) {
            assertThat(tryWith(map, free, use)).as("with %d descriptors", free).contains(Errno.EMFILE);
        }
        assertThat(tryWith(map, needed, use)).isEmpty();
    }

    /** @param free how many descriptors are left @return what it failed with */
    private static Optional<Errno> tryWith(LinuxMap map, int free, Runnable use) {
        List<FileDescriptor> hoard = new ArrayList<>();
        try {
            int all = takeAll(map, hoard);
            for (int i = 0; i < free; i++) {
                hoard.removeLast().close();
            }
            Optional<Errno> failure = Optional.empty();
            try {
                use.run();
            } catch (HostException e) {
                failure = Optional.of(e.errno());
            }
            assertThat(takeAll(map, hoard))
                    .as("descriptors after an attempt with %d", free)
                    .isEqualTo(all);
            return failure;
        } finally {
            hoard.forEach(FileDescriptor::close);
        }
    }

    /** @return how many are taken then */
    private static int takeAll(LinuxMap map, List<FileDescriptor> hoard) {
        while (true) {
            try {
                hoard.add(map.descriptor().duplicate());
            } catch (HostException e) {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
                return hoard.size();
            }
        }
    }

    @Test
    void aRingBufferThatIsWaitedForTakesThreeDescriptorsOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.RINGBUF, 0, 0, 4096)) {
            holds(map, 3, () -> {
                try (RingBuffer ring = RingBuffer.open(map)) {
                    ring.await(Duration.ZERO);
                }
            });
        }
    }

    @Test
    void aUserRingBufferTakesOneDescriptorOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.USER_RINGBUF, 0, 0, 4096)) {
            holds(map, 1, () -> UserRingBuffer.open(map).close());
        }
    }

    @Test
    void aPollerTakesTwoDescriptorsOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            holds(map, 2, () -> new Poller().close());
        }
    }
}

package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.system.ScarceDescriptors;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When this process may open no more files, buffers say so and leave none behind. */
@NeedsBpf
class ShortageTest {
    private static void needs(LinuxMap map, int needed, Runnable use) {
        assertThat(ScarceDescriptors.until(map.descriptor(), use)).isEqualTo(needed);
    }

    @Test
    void aRingBufferThatIsWaitedForTakesThreeDescriptorsOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.RINGBUF, 0, 0, 4096)) {
            needs(map, 3, () -> {
                try (RingBuffer ring = RingBuffer.open(map)) {
                    ring.await(Duration.ZERO);
                }
            });
        }
    }

    @Test
    void aUserRingBufferTakesOneDescriptorOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.USER_RINGBUF, 0, 0, 4096)) {
            needs(map, 1, () -> UserRingBuffer.open(map).close());
        }
    }

    @Test
    void aPollerTakesTwoDescriptorsOrNone() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            needs(map, 2, () -> new Poller().close());
        }
    }
}

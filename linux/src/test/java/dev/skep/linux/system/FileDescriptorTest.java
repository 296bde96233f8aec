package dev.skep.linux.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileDescriptorTest {
    private final FileDescriptor descriptor = FileDescriptor.open(Path.of("/dev/null"), FileDescriptor.O_RDONLY);

    @Test
    void itsNumberGoesToNobodyElseWhileItIsHeld() {
        int number = descriptor.hold();
        descriptor.close();
        assertThat(isOpen(number)).isTrue();
        assertThat(descriptor.isOpen()).isFalse();
        assertThatThrownBy(descriptor::hold).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(descriptor::number).isInstanceOf(IllegalStateException.class);
        descriptor.release();
        assertThat(isOpen(number)).isFalse();
    }

    @Test
    void theLastOfSeveralWhoHoldItLetsGo() {
        int number = descriptor.hold();
        descriptor.hold();
        descriptor.close();
        descriptor.release();
        assertThat(isOpen(number)).isTrue();
        descriptor.release();
        assertThat(isOpen(number)).isFalse();
    }

    @Test
    void aCallsArgumentHoldsItUntilTheEnd() {
        int number = descriptor.number();
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.BPF_FD, descriptor);
            descriptor.close();
            assertThat(isOpen(number)).isTrue();
        }
        assertThat(isOpen(number)).isFalse();
    }

    @Test
    void closingTwiceClosesOnce() {
        int number = descriptor.number();
        descriptor.close();
        try (FileDescriptor next = FileDescriptor.open(Path.of("/dev/null"), FileDescriptor.O_RDONLY)) {
            assertThat(next.number()).as("the number that has become free").isEqualTo(number);
            descriptor.close();
            assertThat(isOpen(number)).isTrue();
        }
        assertThat(isOpen(number)).isFalse();
    }

    @Test
    void whateverThreadsDoItIsLetGoOfOnceAndAfterTheLastUse() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger lettingGo = new AtomicInteger();
            AtomicInteger insideThen = new AtomicInteger();
            UseCount uses = new UseCount(() -> {
                lettingGo.incrementAndGet();
                insideThen.addAndGet(inside.get());
            });
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (uses.enter()) {
                        inside.incrementAndGet();
                        inside.decrementAndGet();
                        uses.leave();
                    }
                }));
            }
            threads.add(Thread.ofPlatform().start(uses::close));
            threads.add(Thread.ofPlatform().start(uses::close));
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(lettingGo).hasValue(1);
            assertThat(insideThen).hasValue(0);
            assertThat(uses.isClosed()).isTrue();
        }
    }

    private static boolean isOpen(int number) {
        return Files.exists(Path.of("/proc/self/fd", Integer.toString(number)), LinkOption.NOFOLLOW_LINKS);
    }
}

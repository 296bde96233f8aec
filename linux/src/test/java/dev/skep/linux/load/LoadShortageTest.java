package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.doctor.Doctor;
import dev.skep.linux.doctor.Operation;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.linux.system.ScarceDescriptors;
import dev.skep.object.BpfObject;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A load that fails, wherever it fails, leaves no descriptor open. */
@NeedsBpf
class LoadShortageTest {
    private final BpfObject object = read();

    private static BpfObject read() {
        try {
            return ObjectReader.read(Files.readAllBytes(Path.of("src/test/c/loader.bpf.o")), "loader");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withTooFewDescriptorsItSaysSoAndLeavesNone() {
        try (LinuxHost host = LinuxHost.open();
                LinuxMap some = NewMaps.create(MapType.ARRAY, 4, 4, 1)) {
            Runnable load = () -> host.load(object).close();
            loadClasses(host); // for which there will be no descriptor
            int free = 0;
            Optional<Errno> failure = ScarceDescriptors.tryWith(some.descriptor(), free, load);
            while (failure.isPresent()) {
                assertThat(free).as("failed with %s", failure).isLessThan(ScarceDescriptors.ENOUGH);
                assertThat(failure).contains(Errno.EMFILE);
                failure = ScarceDescriptors.tryWith(some.descriptor(), ++free, load);
            }
            assertThat(free).isGreaterThan(object.maps().size());
        }
    }

    /** Those of success and of refusals. */
    private void loadClasses(LinuxHost host) {
        host.load(object).close();
        assertThatThrownBy(() -> host.open(object).maxEntries("table", 0).load())
                .isInstanceOf(HostException.class);
        assertThatThrownBy(() -> host.open(object).autoload("refused", true).load())
                .isInstanceOf(LoadException.class);
        assertThat(Doctor.likelyReason(new Operation.CreateMap(MapType.HASH), Errno.EMFILE))
                .isNotEmpty();
    }

    @Test
    void aRefusedProgramLeavesNone() {
        try (LinuxHost host = LinuxHost.open()) {
            host.load(object).close();
            long descriptors = OpenDescriptors.count();
            assertThatThrownBy(() -> host.open(object).autoload("refused", true).load())
                    .isInstanceOf(LoadException.class);
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        }
    }
}

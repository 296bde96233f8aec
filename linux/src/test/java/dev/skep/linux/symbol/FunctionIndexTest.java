package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FunctionIndexTest {
    @Test
    void theFunctionsOfTheCLibraryAreFoundByAddressAndByPlaceInTheFile() {
        Path library = BinaryFinder.find("libc.so.6", OptionalInt.empty());
        FunctionIndex index = FunctionIndex.read(library);
        FunctionSymbol getpid = index.functions().stream()
                .filter(symbol -> symbol.name().equals("getpid"))
                .findFirst()
                .orElseThrow();
        assertThat(index.find(getpid.address() + 1).map(FunctionSymbol::address))
                .contains(getpid.address());
        long place = new FunctionResolver(library).offset("getpid");
        assertThat(index.address(place)).contains(getpid.address());
        assertThat(index.find(0)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> FunctionIndex.read(Path.of("/not/there")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("/not/there");
    }

    @Test
    void thisProcessIsSeenByItsAddresses() {
        int self = (int) ProcessHandle.current().pid();
        Path library = BinaryFinder.find("libc.so.6", OptionalInt.of(self));
        long place = new FunctionResolver(library).offset("getpid");
        long address = ProcessMaps.of(self).stream()
                .filter(mapping -> mapping.executable() && mapping.path().endsWith("libc.so.6"))
                .mapToLong(mapping -> mapping.start() + place - mapping.fileOffset())
                .findFirst()
                .orElseThrow();
        assertThat(new ProcessAddresses().find(self, address + 2).map(AddressedName::offset))
                .contains(2L);
        assertThat(new ProcessAddresses().find(self, 0x10)).isEmpty();
    }
}

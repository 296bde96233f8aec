package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KernelAddressesTest {
    private static final KernelAddresses ADDRESSES = KernelAddresses.of("""
            ffffffff81000100 T vfs_read
            ffffffff81000000 t start
            ffffffff81000080 d some_data
            ffffffffc0000000 t ip_rcv	[net]
            ffffffff81000100 T __se_vfs_read
            """.getBytes(StandardCharsets.US_ASCII));

    @Test
    void anAddressIsInTheFunctionThatStartsLastBeforeIt() {
        assertThat(ADDRESSES.find(0xffffffff81000000L)).contains(new AddressedName("start", 0, ""));
        assertThat(ADDRESSES.find(0xffffffff810000ffL)).contains(new AddressedName("start", 0xff, ""));
        assertThat(ADDRESSES.find(0xffffffff81000110L)).contains(new AddressedName("vfs_read", 0x10, ""));
        assertThat(ADDRESSES.find(0xffffffffc0000001L)).contains(new AddressedName("ip_rcv", 1, "net"));
    }

    @Test
    void beforeTheFirstFunctionThereIsNone() {
        assertThat(ADDRESSES.find(0x1000)).isEmpty();
        assertThat(KernelAddresses.of(new byte[0]).find(0x1000)).isEmpty();
    }

    @Test
    void hiddenAddressesAreNone() {
        byte[] hidden = "0000000000000000 T vfs_read\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(KernelAddresses.of(hidden).find(0x10)).isEmpty();
    }
}

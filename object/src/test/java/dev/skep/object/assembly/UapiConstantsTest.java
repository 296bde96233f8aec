package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UapiConstantsTest {
    @ParameterizedTest
    @CsvSource({
        "XDP_PASS, 2",
        "TC_ACT_SHOT, 2",
        "TC_ACT_UNSPEC, -1",
        "BPF_ANY, 0",
        "BPF_F_NO_PREALLOC, 1",
        "BPF_F_CURRENT_CPU, 4294967295",
        "BPF_F_CURRENT_NETNS, -1",
        "BPF_MAP_TYPE_RINGBUF, 27",
        "BPF_PROG_TYPE_XDP, 6",
        "BPF_FUNC_map_lookup_elem, 1",
        "ETH_P_IP, 2048",
        "ETH_P_IPV6, 0x86dd",
        "ETH_P_8021Q, 0x8100",
        "ETH_HLEN, 14",
        "IPPROTO_TCP, 6",
        "IPPROTO_ICMPV6, 58",
        "AF_INET6, 10",
        "EINVAL, 22",
        "BPF_FIB_LKUP_RET_NO_NEIGH, 7"
    })
    void hasTheHeadersValues(String name, String value) {
        assertThat(UapiConstants.value(name)).hasValue(Long.decode(value));
    }

    @Test
    void knowsNoOtherName() {
        assertThat(UapiConstants.value("XDP_PAS")).isEmpty();
        assertThat(UapiConstants.names()).allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    }
}

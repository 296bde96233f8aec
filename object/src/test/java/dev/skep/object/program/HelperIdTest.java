package dev.skep.object.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.KernelVersion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelperIdTest {
    /** Spread over the table, so that a missing or doubled row shows. Numbers from linux/bpf.h, versions from bcc's list. */
    @ParameterizedTest
    @CsvSource({
        "1, bpf_map_lookup_elem, 3.19",
        "4, bpf_probe_read, 4.1",
        "12, bpf_tail_call, 4.2",
        "26, bpf_skb_load_bytes, 4.5",
        "28, bpf_csum_diff, 4.6",
        "44, bpf_xdp_adjust_head, 4.10",
        "69, bpf_fib_lookup, 4.18",
        "93, bpf_spin_lock, 5.1",
        "113, bpf_probe_read_kernel, 5.5",
        "130, bpf_ringbuf_output, 5.8",
        "164, bpf_for_each_map_elem, 5.13",
        "181, bpf_loop, 5.17",
        "203, bpf_dynptr_data, 5.19",
        "209, bpf_user_ringbuf_drain, 6.1",
        "211, bpf_cgrp_storage_delete, 6.2"
    })
    void isNumberedNamedAndDated(int number, String name, String since) {
        HelperId helper = HelperId.of(number).orElseThrow();
        assertThat(helper.functionName()).isEqualTo(name);
        assertThat(helper.number()).isEqualTo(number);
        assertThat(helper.since()).isEqualTo(KernelVersion.of(since));
        assertThat(HelperId.ofFunction(name)).contains(helper);
    }

    @Test
    void knowsAll211HelpersAndNoOther() {
        assertThat(HelperId.values()).hasSize(212);
        assertThat(HelperId.of(0)).isEmpty();
        assertThat(HelperId.of(-1)).isEmpty();
        assertThat(HelperId.of(212)).isEmpty();
        assertThat(HelperId.ofFunction("bpf_unspec")).isEmpty();
        assertThat(HelperId.MAP_LOOKUP_ELEM.uapiName()).isEqualTo("BPF_FUNC_map_lookup_elem");
    }

    @Test
    void everyHelperHasAVersionAndNoneIsOlderThanOneBeforeIt() {
        assertThat(Arrays.stream(HelperId.values()).skip(1).map(HelperId::since))
                .isSorted();
        assertThatThrownBy(HelperId.UNSPEC::since).isInstanceOf(IllegalStateException.class);
    }
}

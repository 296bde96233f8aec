package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that Linux 6.18 wrote about small C programs, one for each usual mistake. */
class LogExplainerTest {
    private static Rejection explain(String name) throws IOException {
        try (InputStream log = LogExplainerTest.class.getResourceAsStream(name + ".log")) {
            String text = new String(Objects.requireNonNull(log, name).readAllBytes(), StandardCharsets.UTF_8);
            return LogExplainer.explain(KernelLog.read(text).getFirst()).orElseThrow();
        }
    }

    /** Line is where it fails, root the line to change. */
    @ParameterizedTest
    @CsvSource({
        "missing-check, PACKET_BOUNDS, 9, 9",
        "short-check, PACKET_BOUNDS, 8, 6",
        "far-offset, PACKET_BOUNDS, 13, 10",
        "unchecked-lookup, NULLABLE_POINTER, 5, 5",
        "other-checked, MAP_VALUE_BOUNDS, 16, 16",
        "read-twice, MAP_VALUE_BOUNDS, 10, 8",
        "negative-length, LENGTH_ARGUMENT, 10, 8",
        "early-return, REFERENCE, 6, 6",
        "moved-packet, SCALAR_AS_POINTER, 9, 8",
        "user-pointer, SCALAR_AS_POINTER, 4, 4",
        "context-write, CONTEXT_ACCESS, 3, 3",
        "number-for-key, HELPER_ARGUMENT, 4, 4"
    })
    void causeFailingLineAndRootCauseAreFound(String log, Cause cause, int line, int root) throws IOException {
        Rejection rejection = explain(log);
        assertThat(rejection.cause()).isEqualTo(cause);
        assertThat(rejection.place().line()).isEqualTo(line);
        assertThat(rejection.rootCause().line()).isEqualTo(root);
        assertThat(rejection.message()).isNotBlank();
        assertThat(rejection.suggestion()).isNotBlank();
    }

    @Test
    void variablesAreCalledAsInTheSource() throws IOException {
        assertThat(explain("other-checked").message()).startsWith("'off' may be 0..65535 here");
        assertThat(explain("unchecked-lookup").suggestion()).contains("if (!value)");
        assertThat(explain("short-check").suggestion()).contains("(eth + 1) > data_end");
        assertThat(explain("far-offset").suggestion()).contains("if (len > 1500)");
    }

    @Test
    void theHistoryTellsWhereTheValueComesFromAndHowItWasUsed() throws IOException {
        List<HistoryEntry> history = explain("other-checked").history();
        assertThat(history)
                .extracting(HistoryEntry::event)
                .containsExactly(HistoryEntry.Event.SET, HistoryEntry.Event.COMPUTED, HistoryEntry.Event.USED);
        assertThat(history.getFirst().place().line()).isEqualTo(8);
        assertThat(history.getFirst().text()).isEqualTo("is loaded from the packet: a number (0..65535)");
    }

    @Test
    void aCheckOfMemoryThatIsReadAgainIsTold() throws IOException {
        assertThat(explain("read-twice").suggestion()).contains("check on line 8", "read again");
    }

    @Test
    void fixesStandWhereTheyBelong() throws IOException {
        Rejection rejection = explain("unchecked-lookup");
        assertThat(rejection.fixes()).singleElement().satisfies(fix -> {
            assertThat(fix.place().line()).isEqualTo(5);
            assertThat(fix.code().strip()).startsWith("if (!value) return");
        });
    }

    private static Rejection explainText(String log) {
        return LogExplainer.explain(KernelLog.read(log).getFirst()).orElseThrow();
    }

    @Test
    void numbersInMessagesGetNames() {
        assertThat(explainText("invalid func unknown#114").message())
                .isEqualTo("helper 114 is bpf_probe_read_user_str(), of Linux 5.5: this kernel does not have it");
        assertThat(explainText("invalid func unknown#195896080").message()).startsWith("a CO-RE relocation failed");
        assertThat(explainText("cannot pass map_type 27 into func bpf_perf_event_output#25")
                        .message())
                .isEqualTo("bpf_perf_event_output() does not take maps of type RINGBUF");
        assertThat(explainText("program of this type cannot use helper bpf_skb_load_bytes#26")
                        .suggestion())
                .contains("bpf_skb_load_bytes()");
    }

    @Test
    void moreThan512BytesOfStackAreToldFromAnAccessOutside() {
        assertThat(explainText("66: (7b) *(u64 *)(r10 -520) = r1\ninvalid stack off=-520 size=8")
                        .cause())
                .isEqualTo(Cause.STACK_SIZE);
        assertThat(explainText("9: (7b) *(u64 *)(r2 -520) = r1\ninvalid write to stack R2 off=-520 size=8")
                        .cause())
                .isEqualTo(Cause.STACK_ACCESS);
        assertThat(explainText("9: (79) r1 = *(u64 *)(r10 -32)\ninvalid read from stack R10 off=-32 size=8")
                        .cause())
                .isEqualTo(Cause.UNINITIALIZED_STACK);
    }

    @Test
    void whatTheStackDoesNotKeepIsLostWhereItIsReadBack() {
        Rejection rejection = explainText("""
                745: (bf) r1 = r7
                746: (79) r2 = *(u64 *)(r10 -480)
                747: (85) call bpf_probe_read_kernel#113
                R2 min value is negative, either use unsigned or 'var &= const'
                """);
        assertThat(rejection.rootCause().instruction()).isEqualTo(746);
        assertThat(rejection.suggestion()).contains("read back from the stack at fp-480");
    }

    @Test
    void aComparisonOfAPacketPointerMovedTooFarIsVain() {
        Rejection rejection = explainText("""
                9: (b7) r0 = 0                        ; R0=0 R2=scalar() R3=pkt_end() R6=pkt(off=14,r=0)
                10: (0f) r6 += r2                     ; R6_w=pkt(id=1,off=14,r=0) R2_w=scalar() R3=pkt_end()
                11: (bf) r1 = r6                      ; R1_w=pkt(id=1,off=14,r=0)
                12: (07) r1 += 14                     ; R1_w=pkt(id=1,off=28,r=0)
                13: (2d) if r1 > r3 goto pc+14        ; R1_w=pkt(id=1,off=28,r=0) R3=pkt_end()
                14: (71) r1 = *(u8 *)(r6 +1)
                invalid access to packet, off=15 size=1, R6(id=1,off=15,r=0)
                R6 offset is outside of the packet
                """);
        assertThat(rejection.rootCause().instruction()).isEqualTo(10);
        assertThat(rejection.message()).contains("tells nothing");
    }

    @Test
    void theDistanceToThePacketsEndIsNoCheck() {
        Rejection rejection = explainText("""
                2: (61) r3 = *(u32 *)(r6 +4)          ; R3_w=pkt_end() R6=ctx()
                3: (61) r2 = *(u32 *)(r6 +0)          ; R2_w=pkt(r=0) R6=ctx()
                4: (1f) r3 -= r2                      ; R2_w=pkt(r=0) R3_w=scalar()
                5: (25) if r3 > 0x20 goto pc+1        ; R3_w=scalar(umax=32)
                7: (71) r1 = *(u8 *)(r2 +1)
                invalid access to packet, off=1 size=1, R2(id=0,off=1,r=0)
                R2 offset is outside of the packet
                """);
        assertThat(rejection.rootCause().instruction()).isEqualTo(4);
        assertThat(rejection.suggestion()).startsWith("compare pointers, not their distance");
    }
}

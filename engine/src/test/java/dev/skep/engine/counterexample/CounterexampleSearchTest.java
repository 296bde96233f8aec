package dev.skep.engine.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterexampleSearchTest {
    private static final KernelModel KERNEL = KernelModel.of(KernelVersion.of("6.18"));

    private static Optional<Counterexample> search(String text) {
        BpfObject object = Assembler.object("prog.s", text);
        ProgramVerdict verdict = Verifier.verify(object, object.programs().getFirst(), KERNEL, VerifierOptions.DEFAULT);
        assertThat(verdict).isInstanceOf(ProgramVerdict.Rejected.class);
        ProgramVerdict extended = CounterexampleSearch.extend(verdict, object, KERNEL);
        return ((ProgramVerdict.Rejected) extended).rejection().counterexample();
    }

    private static Counterexample found(String text) {
        Optional<Counterexample> example = search(text);
        assertThat(example).isPresent();
        return example.get();
    }

    @Test
    void aPacketThatIsTooShort() {
        Counterexample example = found("""
                .program prog xdp
                        r2 = *(u32 *)(r1 + 0)
                        r3 = *(u32 *)(r1 + 4)
                        r4 = r2
                        r4 += 14
                        if r4 > r3 goto out
                        r0 = *(u8 *)(r2 + 14)
                out:    r0 = 2
                        exit
                """);
        assertThat(example.packet()).contains(Bytes.zeros(14));
        assertThat(example.isPacketAlone()).isTrue();
        assertThat(example.effect())
                .startsWith("reads 1 byte at 0x")
                .contains("right behind the end of packet (14 bytes");
        assertThat(example.place().instruction()).isEqualTo(5);
        assertThat(example.place().line()).isEqualTo(7);
    }

    @Test
    void aPacketWithWhatTheProgramComparesItWith() {
        Counterexample example = found("""
                .program prog xdp
                        r2 = *(u32 *)(r1 + 0)
                        r3 = *(u32 *)(r1 + 4)
                        r4 = r2
                        r4 += 34
                        if r4 > r3 goto out
                        r5 = *(u16 *)(r2 + 12)
                        if r5 != 8 goto out             // ETH_P_IP, as a little-endian number
                        r5 = *(u8 *)(r2 + 14)
                        r5 &= 15
                        if r5 != 6 goto out
                        r5 = *(u32 *)(r2 + 26)
                        r5 = be32 r5
                        if r5 != 0x0a000001 goto out
                        r0 = *(u8 *)(r2 + 34)
                out:    r0 = 2
                        exit
                """);
        byte[] packet = example.packet().orElseThrow().toArray();
        assertThat(packet).hasSize(34);
        assertThat(packet[12]).isEqualTo((byte) 8);
        assertThat(packet[14] & 15).isEqualTo(6);
        assertThat(example.packet().orElseThrow().slice(26, 4)).hasToString("0a000001");
    }

    @Test
    void aLengthFieldThatLeadsOutOfAValue() {
        Counterexample example = found("""
                .map values array key=4 value=64 entries=1
                .program prog xdp
                        r6 = *(u32 *)(r1 + 0)
                        r3 = *(u32 *)(r1 + 4)
                        r4 = r6
                        r4 += 4
                        if r4 > r3 goto out
                        *(u32 *)(r10 - 4) = 0
                        r1 = values ll
                        r2 = r10
                        r2 += -4
                        call bpf_map_lookup_elem
                        if r0 == 0 goto out
                        r1 = *(u16 *)(r6 + 2)
                        if r1 > 100 goto out
                        r0 += r1
                        r0 = *(u8 *)(r0 + 0)
                out:    r0 = 2
                        exit
                """);
        byte[] packet = example.packet().orElseThrow().toArray();
        assertThat(packet[2]).isBetween((byte) 64, (byte) 100);
        assertThat(example.effect()).contains("value of map values (64 bytes");
    }

    @Test
    void anEmptyMapIsEnoughForALookUpThatIsNotChecked() {
        Counterexample example = found("""
                .map flows hash key=4 value=8 entries=16
                .program prog xdp
                        *(u32 *)(r10 - 4) = 7
                        r1 = flows ll
                        r2 = r10
                        r2 += -4
                        call bpf_map_lookup_elem
                        r1 = *(u64 *)(r0 + 0)
                        r0 = 2
                        exit
                """);
        assertThat(example.entries()).isEmpty();
        assertThat(example.effect()).startsWith("reads 8 bytes at 0x0");
    }

    @Test
    void aMapsEntryWithTheValueThatDoesIt() {
        Counterexample example = found("""
                .map flows hash key=4 value=8 entries=16
                .program prog xdp
                        *(u32 *)(r10 - 4) = 7
                        r1 = flows ll
                        r2 = r10
                        r2 += -4
                        call bpf_map_lookup_elem
                        if r0 == 0 goto out
                        r1 = *(u64 *)(r0 + 0)
                        if r1 > 9 goto out
                        r0 += r1
                        *(u8 *)(r0 + 0) = 1
                out:    r0 = 2
                        exit
                """);
        assertThat(example.entries()).hasSize(1);
        Counterexample.Entry entry = example.entries().getFirst();
        assertThat(entry.map()).isEqualTo("flows");
        assertThat(entry.key()).hasToString("07000000");
        assertThat(entry.value().at(0)).isBetween((byte) 8, (byte) 9);
    }

    @Test
    void aResultOfAHelperThatNobodyCanForesee() {
        Counterexample example = found("""
                .program prog xdp
                        call bpf_get_prandom_u32
                        r0 &= 31
                        r1 = r10
                        r1 += -16
                        r1 += r0
                        *(u8 *)(r1 + 0) = 1
                        r0 = 2
                        exit
                """);
        assertThat(example.results()).hasSize(1);
        assertThat(example.results().getFirst().helper()).isEqualTo("bpf_get_prandom_u32");
        assertThat(example.results().getFirst().value() & 31).isBetween(16L, 31L);
        assertThat(example.effect()).contains("past the end of stack").doesNotContain("packet");
    }

    @Test
    void aFullRingBuffer() {
        Counterexample example = found("""
                .map ring ringbuf entries=4096
                .license "GPL"
                .program prog tracepoint/syscalls/sys_enter_openat
                        r1 = ring ll
                        r2 = 16
                        r3 = 0
                        call bpf_ringbuf_reserve
                        *(u64 *)(r0 + 0) = 1
                        r1 = r0
                        r2 = 0
                        call bpf_ringbuf_submit
                        r0 = 0
                        exit
                """);
        assertThat(example.results().getFirst().helper()).isEqualTo("bpf_ringbuf_reserve");
        assertThat(example.results().getFirst().value()).isZero();
        assertThat(example.packet()).isEmpty();
    }

    @Test
    void aFieldOfTheContextUsedAsAnAddress() {
        Counterexample example = found("""
                .program prog kprobe
                        r2 = *(u64 *)(r1 + 112)
                        if r2 < 4096 goto out
                        r0 = *(u64 *)(r2 + 0)
                out:    r0 = 0
                        exit
                """);
        assertThat(example.context().length()).isGreaterThanOrEqualTo(120);
        assertThat(example.effect()).startsWith("reads 8 bytes at 0x");
    }

    @Test
    void aLoopThatDoesNotEnd() {
        Counterexample example = found("""
                .program prog xdp
                        r6 = *(u32 *)(r1 + 12)
                again:  if r6 == 77 goto again
                        r0 = 2
                        exit
                """);
        assertThat(example.effect()).isEqualTo("ran 1000000 instructions without ending");
        assertThat(example.context().at(12)).isEqualTo((byte) 77);
    }

    @Test
    void arithmeticOnAPointerCountsWhenThePointerIsUsed() {
        Counterexample example = found("""
                .map flows hash key=4 value=8 entries=16
                .program prog xdp
                        *(u32 *)(r10 - 4) = 7
                        r1 = flows ll
                        r2 = r10
                        r2 += -4
                        call bpf_map_lookup_elem
                        r0 += 4
                        r1 = *(u32 *)(r0 + 0)
                        r0 = 2
                        exit
                """);
        assertThat(example.effect()).startsWith("reads 4 bytes at 0x4");
        assertThat(example.place().instruction()).isEqualTo(7);
    }

    @Test
    void noneForAProgramThatDoesNotGoWrong() {
        assertThat(search("""
                .program prog xdp
                        call bpf_get_prandom_u32
                        r0 >>= 57                       // the upper half is zero, which the verifier does not know
                        r1 = r10
                        r1 += -16
                        r1 += r0
                        *(u8 *)(r1 + 0) = 1
                        r0 = 2
                        exit
                """)).isEmpty();
    }

    @Test
    void noneForARuleAboutWhatAProgramMayBe() {
        assertThat(search("""
                .program prog xdp
                        r0 = r1
                        exit
                        r0 = 2
                        exit
                """)).isEmpty();
    }

    @Test
    void noneIfTheEngineCannotRunTheProgram() {
        assertThat(search("""
                .license "GPL"
                .program prog kprobe
                        r6 = *(u64 *)(r1 + 112)
                        r2 = 0
                        call bpf_override_return
                        r0 = *(u64 *)(r6 + 0)
                        exit
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1, 0})
    @Timeout(20)
    void constantsAtTheEndsOfTheirRangeDoNotKeepItBusy(int constant) {
        assertThat(search("""
                .program prog xdp
                        r2 = *(u32 *)(r1 + 12)
                        r2 += %d
                        if r2 == %d goto out
                        r0 = *(u8 *)(r2 + 0)
                out:    r0 = 2
                        exit
                """.formatted(constant, constant))).isPresent();
    }

    @Test
    void theSameEachTime() {
        String text = """
                .program prog tc
                        r2 = *(u32 *)(r1 + 8)
                        r3 = r10
                        r3 += r2
                        r0 = *(u8 *)(r3 - 8)
                        exit
                """;
        assertThat(search(text)).isPresent().isEqualTo(search(text));
    }

    @Test
    void anAcceptedProgramStaysAsItIs() {
        BpfObject object = Assembler.object("prog.s", ".program prog xdp\n        r0 = 2\n        exit\n");
        ProgramVerdict verdict = Verifier.verify(object, KERNEL).programs().getFirst();
        assertThat(CounterexampleSearch.extend(verdict, object, KERNEL)).isSameAs(verdict);
    }
}

package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelLogTest {
    @Test
    void logsOfLinux54AreRead() {
        KernelLog log = KernelLog.read("""
                        0: (61) r2 = *(u32 *)(r1 +4)
                        1: (61) r1 = *(u32 *)(r1 +0)
                        2: (bf) r3 = r1
                        3: (07) r3 += 14
                        4: (2d) if r3 > r2 goto pc+4
                         R1_w=pkt(id=0,off=0,r=14,imm=0) R2_w=pkt_end(id=0,off=0,imm=0) R3_w=pkt(id=0,off=14,r=14,imm=0) R10=fp0
                        5: (71) r1 = *(u8 *)(r1 +23)
                        invalid access to packet, off=23 size=1, R1(id=0,off=23,r=14)
                        R1 offset is outside of the packet
                        """).getFirst();
        assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.PACKET_BOUNDS);
        assertThat(log.path().steps()).hasSize(6);
        assertThat(LogExplainer.explain(log).orElseThrow().place().instruction())
                .isEqualTo(5);
    }

    @Test
    void anotherBranchContinuesThePathOfItsJump() {
        KernelLog log = KernelLog.read("""
                        0: R1=ctx() R10=fp0
                        0: (61) r2 = *(u32 *)(r1 +12)         ; R1=ctx() R2=scalar()
                        1: (15) if r2 == 0x3 goto pc+2        ; R2=scalar()
                        2: (b7) r0 = 0                        ; R0=0
                        3: (95) exit

                        from 1 to 4: R1=ctx() R2=3 R10=fp0
                        4: R1=ctx() R2=3 R10=fp0
                        4: (95) exit
                        R0 !read_ok
                        processed 5 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                        """).getFirst();
        List<Step> steps = log.path().steps();
        assertThat(steps).extracting(step -> step.place().instruction()).containsExactly(0, 1, 4);
        assertThat(steps.get(1).branch()).isEqualTo(Step.Branch.TAKEN);
        assertThat(steps.get(2).state()).containsEntry("R2", "3");
        assertThat(log.statistics().instructionsProcessed()).isEqualTo(5);
    }

    @Test
    void whatLibbpfPrintsAroundItIsLeftOut() {
        List<KernelLog> logs = KernelLog.read("""
                libbpf: prog 'first': BPF program load failed: Permission denied
                libbpf: prog 'first': -- BEGIN PROG LOAD LOG --
                0: (95) exit
                R0 !read_ok
                processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                -- END PROG LOAD LOG --
                libbpf: failed to load object 'x.o'
                """);
        assertThat(logs).singleElement().satisfies(log -> {
            assertThat(log.program()).isEqualTo("first");
            assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.UNINITIALIZED_REGISTER);
        });
    }

    @Test
    void theLastMessageIsTheReason() {
        KernelLog log = KernelLog.read("""
                        R1 type=ctx expected=fp
                        reg type unsupported for arg#0 function entry#258
                        math between map_value pointer and register with unbounded min value is not allowed
                        verification time 20319 usec
                        processed 1039 insns (limit 1000000) max_states_per_insn 2 total_states 77 peak_states 77 mark_read 55
                        """).getFirst();
        assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.POINTER_ARITHMETIC);
    }

    @Test
    void whatIsAddedToAMessageIsNoReasonOfItsOwn() {
        KernelLog log = KernelLog.read("""
                        567: (85) call pc+128
                        R1 type=arena expected=fp
                        global function calls are not allowed while holding a lock,
                        use static function instead
                        """).getFirst();
        assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.LOCK);
        assertThat(LogExplainer.explain(log).orElseThrow().kernelMessage())
                .isEqualTo("global function calls are not allowed while holding a lock,\nuse static function instead");
    }

    @Test
    void aSummaryInFrontOfACutLogIsItsEnd() {
        KernelLog log = KernelLog.read("""
                        Error: program out: load program: permission denied: 12: (71) r1 = *(u8 *)(r9 +23): R9 invalid mem access 'inv' (646 line(s) omitted)
                            10: (b7) r0 = 0
                            11: (79) r9 = *(u64 *)(r10 -16)
                        """).getFirst();
        assertThat(log.rejected()).isTrue();
        assertThat(log.path().steps())
                .extracting(step -> step.place().instruction())
                .containsExactly(12, 10, 11, 12);
        assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.SCALAR_AS_POINTER);
    }

    @Test
    void aLogWithoutAnEndIsCut() {
        KernelLog log = KernelLog.read("0: (b7) r0 = 0\n1: (07) r0 += 1\n").getFirst();
        assertThat(log.cut()).isTrue();
        assertThat(log.rejected()).isFalse();
    }

    @Test
    void statesOfOldKernelsStandOnLinesOfTheirOwn() {
        KernelLog log = KernelLog.read("""
                        3: (b7) r2 = 4
                        4: (2d) if r3 > r2 goto pc+4
                         R1_w=pkt(id=0,off=0,r=14,imm=0) R2_w=inv4 R10=fp0
                        5: (bf) r4 = r1
                        6: (07) r4 += 2
                        last_idx 6 first_idx 0
                        regs=2 stack=0 before 5: (bf) r4 = r1
                         R1_w=inv7
                        7: (71) r1 = *(u8 *)(r4 +23)
                        invalid access to packet, off=25 size=1, R4(id=0,off=2,r=14)
                        """).getFirst();
        assertThat(log.path().steps().getLast().state())
                .containsEntry("R1", "pkt(id=0,off=0,r=14,imm=0)")
                .containsEntry("R4", "pkt(id=0,off=2,r=14,imm=0)");
    }

    @Test
    void anAcceptedProgramsLogTellsOfNoRejection() {
        KernelLog log = KernelLog.read("""
                        0: R1=ctx() R10=fp0
                        0: (b7) r0 = 0                        ; R0=0
                        1: (95) exit
                        processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                        """).getFirst();
        assertThat(log.rejected()).isFalse();
        assertThat(LogExplainer.explain(log)).isEmpty();
    }

    @Test
    void textThatIsNoLogHasNone() {
        assertThat(KernelLog.read("")).isEmpty();
    }
}

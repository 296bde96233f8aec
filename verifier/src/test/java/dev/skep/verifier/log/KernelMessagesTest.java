package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "invalid access to packet, off=14 size=20, R1(id=0,off=14,r=14) | PACKET_BOUNDS",
                "R0 invalid mem access 'map_value_or_null' | NULLABLE_POINTER",
                "R1 invalid mem access 'ptr_or_null_task_struct' | NULLABLE_POINTER",
                "R1 invalid mem access 'inv' | SCALAR_AS_POINTER",
                "R3 invalid mem access 'scalar' | SCALAR_AS_POINTER",
                "R2 min value is negative, either use unsigned or 'var &= const' | LENGTH_ARGUMENT",
                "R0 min value is negative, either use unsigned index or do a if (index >=0) check. | MAP_VALUE_BOUNDS",
                "invalid indirect read from stack R2 off -8+4 size 8 | UNINITIALIZED_STACK",
                "invalid write to stack R10 off=-520 size=8 | STACK_ACCESS",
                "misaligned stack access off 0+-12+0 size 8 | STACK_ACCESS",
                "R5 !read_ok | UNINITIALIZED_REGISTER",
                "R2 type=scalar expected=fp, pkt, map_value | HELPER_ARGUMENT",
                "R1 type=map_value_or_null expected=map_value | NULLABLE_POINTER",
                "program of this type cannot use helper bpf_probe_read#4 | POLICY",
                "unknown func bpf_probe_read#4 | POLICY",
                "invalid func unknown#211 | TOO_NEW",
                "cannot call GPL-restricted function from non-GPL compatible program | LICENSE",
                "back-edge from insn 9 to 4 | UNBOUNDED_LOOP",
                "infinite loop detected at insn 9 | UNBOUNDED_LOOP",
                "BPF program is too large. Processed 1000001 insn | TOO_COMPLEX",
                "combined stack size of 2 calls is 544. Too large | STACK_SIZE",
                "unreachable insn 7 | UNREACHABLE_CODE",
                "jump out of range from insn 3 to 99 | CONTROL_FLOW",
                "invalid bpf_context access off=16 size=4 | CONTEXT_ACCESS",
                "math between map_value pointer and register with unbounded min value is not allowed | POINTER_ARITHMETIC",
                "R1 pointer arithmetic on map_value_or_null prohibited, null-check it first | NULLABLE_POINTER",
                "Unreleased reference id=2 alloc_insn=5 | REFERENCE",
                "bpf_spin_unlock of different lock | LOCK",
                "bpf_rcu_read_unlock is missing | CRITICAL_SECTION",
                "Expected an initialized dynptr as arg #1 | DYNPTR",
                "expected an initialized iter_num as arg #1 | ITERATOR",
                "At program exit the register R0 has smin=7 smax=7 should have been in [0, 1] | RETURN_VALUE",
                "tail_call would lead to reference leak | TAIL_CALL",
                "helper call might sleep in a non-sleepable prog | SLEEPING",
                "arg#0 is expected to be non-NULL | GLOBAL_FUNCTION_ARGUMENT",
                "write into map forbidden, value_size=8 off=0 size=8 | READ_ONLY_MEMORY",
                "kptr access size must be BPF_DW | SPECIAL_FIELD",
                "access beyond struct task_struct at off 99999 size 8 | KERNEL_OBJECT_ACCESS",
                "[4] INT bad Invalid type_size | TYPE_INFORMATION",
                "*(R11-8) invalid mem access 'scalar' | SCALAR_AS_POINTER",
                "invalid func unknown#195896080 | TYPE_INFORMATION"
            })
    void messagesMeanTheirCause(String message, Cause cause) {
        KernelMessage understood = KernelMessages.interpret(message);
        assertThat(understood.cause()).isEqualTo(cause);
        assertThat(understood.recognized()).isTrue();
    }

    @Test
    void whatAMessageNamesIsKept() {
        KernelMessage message = KernelMessages.interpret("invalid read from stack R7 off -24+0 size 8");
        assertThat(message.number("register")).hasValue(7);
        assertThat(message.number("offset")).hasValue(-24);
        assertThat(message.number("size")).hasValue(8);
    }

    @Test
    void aMessageNobodyHasSeenIsGuessedFromItsWords() {
        KernelMessage message = KernelMessages.interpret("dynptr of a colour yet unknown");
        assertThat(message.recognized()).isFalse();
        assertThat(message.cause()).isEqualTo(Cause.DYNPTR);
        assertThat(KernelMessages.interpret(
                                "R1 1min value is negative, either use unsigned index or do a if (index>=0) check")
                        .cause())
                .isEqualTo(Cause.MAP_VALUE_BOUNDS);
    }

    @Test
    void wordsOfNoMessageSayNothing() {
        assertThat(KernelMessages.guess("the weather is fine today")).isEmpty();
    }

    @Test
    void inOtherWordsTheLongestMessageIsFound() {
        assertThat(KernelMessages.search(
                        "we see \"R2 min value is negative, either use unsigned or 'var &= const'\" here"))
                .hasValueSatisfying(found -> {
                    assertThat(found.cause()).isEqualTo(Cause.LENGTH_ARGUMENT);
                    assertThat(found.number("register")).hasValue(2);
                });
        assertThat(KernelMessages.search("nothing of the kind")).isEmpty();
    }
}

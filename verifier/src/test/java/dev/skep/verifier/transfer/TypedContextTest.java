package dev.skep.verifier.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs on the objects of a small kernel of this test's own. */
class TypedContextTest {
    private static final Btf TYPES = types();

    /** A tracepoint {@code kfree_skb}, whose fourth argument may be null, an iterator, a hook and a traced function. */
    private static Btf types() {
        BtfBuilder types = new BtfBuilder();
        int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        int nothing = types.add(new BtfType.Pointer(0));
        int inode = types.add(new BtfType.Composite("inode", false, 4, List.of(member("i_uid", number, 0))));
        int inodePointer = types.add(new BtfType.Pointer(inode));
        int file = types.add(new BtfType.Composite(
                "file", false, 16, List.of(member("f_inode", inodePointer, 0), member("f_other", inodePointer, 8))));
        types.add(new BtfType.Composite("file__safe_trusted", false, 8, List.of(member("f_inode", inodePointer, 0))));
        int filePointer = types.add(new BtfType.Pointer(file));
        int tracepoint = types.add(new BtfType.FunctionPrototype(
                0,
                List.of(
                        parameter("", nothing),
                        parameter("", filePointer),
                        parameter("", number),
                        parameter("", nothing),
                        parameter("", filePointer)),
                false));
        types.add(new BtfType.Typedef("btf_trace_kfree_skb", types.add(new BtfType.Pointer(tracepoint))));
        int traced = types.add(new BtfType.FunctionPrototype(number, List.of(parameter("f", filePointer)), false));
        types.add(new BtfType.Function("vfs_thing", BtfType.Linkage.STATIC, traced));
        types.add(new BtfType.Function("bpf_lsm_file_open", BtfType.Linkage.STATIC, traced));
        types.add(new BtfType.Function("do_exit", BtfType.Linkage.STATIC, traced));
        int iterated = types.add(new BtfType.FunctionPrototype(
                number, List.of(parameter("meta", filePointer), parameter("task", filePointer)), false));
        types.add(new BtfType.Function("bpf_iter_task", BtfType.Linkage.STATIC, iterated));
        return types.build();
    }

    private static BtfType.Member member(String name, int type, int offset) {
        return new BtfType.Member(name, type, offset * 8, 0);
    }

    private static BtfType.Parameter parameter(String name, int type) {
        return new BtfType.Parameter(name, type);
    }

    private static ProgramVerdict verify(String license, String section, String... code) {
        String text = ".license \"" + license + "\"\n.program main " + section + "\n" + String.join("\n", code)
                + "\nr0 = 0\nexit\n";
        KernelModel kernel = KernelModel.host(KernelVersion.of("6.18"), TYPES);
        return Verifier.verify(Assembler.object("test", text), kernel)
                .programs()
                .getFirst();
    }

    private static void accepts(String section, String... code) {
        assertThat(verify("GPL", section, code)).isInstanceOf(ProgramVerdict.Accepted.class);
    }

    private static void rejects(Cause cause, String message, String section, String... code) {
        ProgramVerdict verdict = verify("GPL", section, code);
        assertThat(verdict).isInstanceOf(ProgramVerdict.Rejected.class);
        assertThat(((ProgramVerdict.Rejected) verdict).rejection().cause()).isEqualTo(cause);
        assertThat(((ProgramVerdict.Rejected) verdict).rejection().kernelMessage())
                .contains(message);
    }

    @Test
    void aTracepointsObjectsAreThereAndTheirFieldsReadable() {
        accepts("tp_btf/kfree_skb", "r1 = *(u64 *)(r1 + 0)", "r1 = *(u64 *)(r1 + 8)", "r0 = *(u32 *)(r1 + 0)");
    }

    @Test
    void argumentsThatMayBeNullAreCheckedFirst() {
        rejects(
                Cause.NULLABLE_POINTER,
                "R1 invalid mem access 'trusted_ptr_or_null_file'",
                "tp_btf/kfree_skb",
                "r1 = *(u64 *)(r1 + 24)",
                "r1 = *(u64 *)(r1 + 0)");
        accepts("tp_btf/kfree_skb", "r1 = *(u64 *)(r1 + 24)", "if r1 == 0 goto +1", "r1 = *(u64 *)(r1 + 0)");
    }

    @Test
    void whatAnIteratorHandsOverMayBeNull() {
        rejects(
                Cause.NULLABLE_POINTER,
                "R1 invalid mem access 'trusted_ptr_or_null_file'",
                "iter/task",
                "r1 = *(u64 *)(r1 + 8)",
                "r1 = *(u64 *)(r1 + 0)");
    }

    @Test
    void pointersToNothingKnownAreNumbers() {
        rejects(
                Cause.SCALAR_AS_POINTER,
                "R1 invalid mem access 'scalar'",
                "tp_btf/kfree_skb",
                "r1 = *(u64 *)(r1 + 16)",
                "r1 = *(u64 *)(r1 + 0)");
    }

    @Test
    void argumentsArePlacesOfEightBytes() {
        accepts("tp_btf/kfree_skb", "r2 = *(u32 *)(r1 + 8)");
        rejects(Cause.CONTEXT_ACCESS, "size 4 must be 8", "tp_btf/kfree_skb", "r2 = *(u32 *)(r1 + 0)");
        rejects(Cause.CONTEXT_ACCESS, "offset 12 is not multiple of 8", "tp_btf/kfree_skb", "r2 = *(u32 *)(r1 + 12)");
        rejects(Cause.CONTEXT_ACCESS, "doesn't have 5-th argument", "tp_btf/kfree_skb", "r2 = *(u64 *)(r1 + 32)");
        rejects(Cause.CONTEXT_ACCESS, "invalid bpf_context access", "tp_btf/kfree_skb", "*(u64 *)(r1 + 8) = 1");
    }

    @Test
    void onlyProgramsThatRunAfterwardsSeeTheResult() {
        accepts("fexit/vfs_thing", "r2 = *(u64 *)(r1 + 8)");
        accepts("fmod_ret/vfs_thing", "r2 = *(u64 *)(r1 + 8)");
        rejects(Cause.CONTEXT_ACCESS, "doesn't have 2-th argument", "fentry/vfs_thing", "r2 = *(u64 *)(r1 + 8)");
    }

    @Test
    void objectsAreOnlyRead() {
        rejects(
                Cause.KERNEL_OBJECT_ACCESS,
                "only read is supported",
                "fentry/vfs_thing",
                "r1 = *(u64 *)(r1 + 0)",
                "*(u64 *)(r1 + 0) = 1");
    }

    @Test
    void objectsAreForProgramsUnderTheGpl() {
        ProgramVerdict verdict = verify("BSD", "fentry/vfs_thing", "r1 = *(u64 *)(r1 + 0)", "r1 = *(u64 *)(r1 + 0)");
        assertThat(((ProgramVerdict.Rejected) verdict).rejection().cause()).isEqualTo(Cause.LICENSE);
    }

    @Test
    void targetsThatAreNotThereOrMustNotBeTracedAreRefused() {
        rejects(Cause.TYPE_INFORMATION, "failed to find kernel BTF type ID of 'btf_trace_missing'", "tp_btf/missing");
        rejects(Cause.TYPE_INFORMATION, "failed to find kernel BTF type ID of 'bpf_lsm_missing'", "lsm/missing");
        rejects(Cause.POLICY, "__noreturn function 'do_exit'", "fexit/do_exit");
        accepts("fentry/do_exit");
        accepts("lsm/file_open");
    }
}

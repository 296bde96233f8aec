package dev.skep.verifier.transfer;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small kernel with a few functions, made by hand, and programs that call them by name: {@code call kfunc bpf_throw} in a program's
 * text becomes a call by BTF id.
 */
final class KernelFunctions {
    private static final Pattern CALL = Pattern.compile("call kfunc (\\w+)");

    private final BtfBuilder types = new BtfBuilder();
    private final Map<String, Integer> functions = new HashMap<>();
    private final int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
    private final int wide = types.add(new BtfType.Int("unsigned long", 8, false, false, false, 0, 64));
    private final Btf btf;

    KernelFunctions() {
        int iterator = pointerTo(struct("bpf_iter_num"));
        int mask = pointerTo(struct("bpf_cpumask"));
        function(
                "bpf_iter_num_new",
                number,
                parameter("it", iterator),
                parameter("start", number),
                parameter("end", number));
        function("bpf_iter_num_next", pointerTo(number), parameter("it", iterator));
        function("bpf_iter_num_destroy", 0, parameter("it", iterator));
        function("bpf_rcu_read_lock", 0);
        function("bpf_rcu_read_unlock", 0);
        function("bpf_preempt_disable", 0);
        function("bpf_preempt_enable", 0);
        function("bpf_local_irq_save", 0, parameter("flags__irq_flag", pointerTo(wide)));
        function("bpf_local_irq_restore", 0, parameter("flags__irq_flag", pointerTo(wide)));
        function("bpf_throw", 0, parameter("cookie", wide));
        function("bpf_cpumask_create", mask);
        function("bpf_cpumask_release", 0, parameter("cpumask", mask));
        function("bpf_copy_from_user_str", number, parameter("dst", pointerTo(0)), parameter("dst__sz", number));
        btf = types.build();
    }

    private int struct(String name) {
        return types.add(new BtfType.Composite(name, false, 8, List.of(new BtfType.Member("opaque", wide, 0, 0))));
    }

    private int pointerTo(int target) {
        return types.add(new BtfType.Pointer(target));
    }

    private static BtfType.Parameter parameter(String name, int type) {
        return new BtfType.Parameter(name, type);
    }

    private void function(String name, int returns, BtfType.Parameter... parameters) {
        int prototype = types.add(new BtfType.FunctionPrototype(returns, List.of(parameters), false));
        functions.put(name, types.add(new BtfType.Function(name, BtfType.Linkage.STATIC, prototype)));
    }

    /** The verdict of this kernel, as of {@code version}. @param text the instructions of a SYSCALL program */
    ProgramVerdict verify(String version, String text) {
        String header = ".license GPL\n.program main syscall\n";
        Matcher calls = CALL.matcher(header + text);
        String byId = calls.replaceAll(call -> "call kfunc " + functions.get(call.group(1)));
        BpfObject object = Assembler.object("test.s", byId);
        KernelModel kernel = KernelModel.host(KernelVersion.of(version), btf);
        return Verifier.verify(object, object.programs().getFirst(), kernel, VerifierOptions.DEFAULT);
    }

    /** What the kernel says against the program; empty if nothing. */
    String complaint(String text) {
        return complaint("6.18", text);
    }

    String complaint(String version, String text) {
        return verify(version, text) instanceof ProgramVerdict.Rejected rejected
                ? rejected.rejection().kernelMessage()
                : "";
    }
}

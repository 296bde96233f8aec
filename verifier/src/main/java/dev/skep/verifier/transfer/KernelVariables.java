package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ExternSpec;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.OptionalInt;

/** Addresses of the kernel's variables and functions ({@code __ksym}; {@code check_pseudo_btf_id}). */
final class KernelVariables {
    private static final String PER_CPU_SECTION = ".data..percpu";

    private final Environment environment;

    KernelVariables(Environment environment) {
        this.environment = environment;
    }

    /** A typed variable is an object or memory that can be read; of another only the address is known. */
    Value address(ExternSpec.KernelVariable variable) {
        if (variable.typeId() == 0) {
            return Scalar.UNKNOWN;
        }
        if (environment.kernel().types().isEmpty()) {
            throw missing(variable.name());
        }
        Btf btf = environment.kernel().types().get();
        OptionalInt id = btf.find(variable.name(), BtfType.Variable.class);
        if (id.isEmpty()) {
            if (variable.weak()) {
                return Scalar.ZERO;
            }
            throw missing(variable.name());
        }
        BtfType.Variable found = (BtfType.Variable) btf.type(id.getAsInt());
        int type = btf.strip(found.type());
        if (isPerCpu(btf, id.getAsInt())) {
            return Pointer.to(
                    new Region.KernelObject(new KernelType(btf, type), Trust.WALKED, false, false, true, false));
        }
        if (btf.type(type) instanceof BtfType.Composite) {
            return Pointer.to(Region.KernelObject.of(new KernelType(btf, type), Trust.WALKED));
        }
        return Pointer.to(Region.Memory.readOnly(new BtfLayout(btf).size(type)));
    }

    private static boolean isPerCpu(Btf btf, int variable) {
        OptionalInt section = btf.find(PER_CPU_SECTION, BtfType.DataSection.class);
        return section.isPresent()
                && btf.type(section.getAsInt()) instanceof BtfType.DataSection data
                && data.variables().stream().anyMatch(each -> each.type() == variable);
    }

    /** The address of a kernel function tells a program only whether there is one. */
    Value address(ExternSpec.KernelFunction function) {
        boolean known = environment
                .kernel()
                .types()
                .map(btf -> btf.find(function.name(), BtfType.Function.class).isPresent())
                .orElse(false);
        if (!known && !function.weak()) {
            throw missing(function.name());
        }
        return known ? Pointer.to(Region.Memory.readOnly(0)) : Scalar.ZERO;
    }

    private static Refusal missing(String name) {
        return new Refusal(Cause.TOO_NEW, "extern (ksym) '" + name + "': not found in kernel or module BTFs");
    }
}

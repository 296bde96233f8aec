package dev.skep.testkit;

import java.util.Optional;

/** Whether a kernel has a feature, and if not, whether that is as it should be. */
public sealed interface KernelVerdict {
    /** The feature is there. */
    record Present() implements KernelVerdict {}

    /**
     * It is not, and need not be.
     *
     * @param reason what shows that it cannot be there
     */
    record Absent(String reason) implements KernelVerdict {}

    /**
     * It is not there, but should be: a wrong version in the table, or a kernel that we know too little of.
     *
     * @param problem what was expected and what found
     */
    record Missing(String problem) implements KernelVerdict {}

    /** The verdict on the kernel that runs. */
    static KernelVerdict of(KernelFeature feature) {
        return BpfProbe.whyForbidden()
                .<KernelVerdict>map(Absent::new)
                .orElseGet(() -> of(feature, RunningKernel.INSTANCE));
    }

    /**
     * The verdict from facts. Absence needs a proof: an older version (unless the kernel names the feature all the
     * same, as those with backports do), an option that is not set, a boot without the security module, a policy.
     */
    static KernelVerdict of(KernelFeature feature, KernelFacts facts) {
        Optional<Boolean> named = facts.names(feature.marker());
        if (KernelVersion.parse(facts.release()).compareTo(feature.since()) < 0 && !named.orElse(false)) {
            return new Absent("needs Linux " + feature.since() + ", this is " + facts.release());
        }
        return unsetOption(feature, facts)
                .or(() -> inactiveSecurityModule(feature, facts))
                .or(() -> policy(feature, facts))
                .<KernelVerdict>map(Absent::new)
                .orElseGet(() -> named.orElse(true)
                        ? new Present()
                        : new Missing(feature + " is declared to be in Linux " + feature.since() + " and later, but the"
                                + " BTF of " + facts.release() + " has no " + feature.marker()));
    }

    private static Optional<String> unsetOption(KernelFeature feature, KernelFacts facts) {
        return facts.config()
                .flatMap(config -> feature.options().stream()
                        .filter(option -> !config.isSet(option))
                        .findFirst()
                        .map(option -> "the kernel is built without CONFIG_" + option + " (" + config.source() + ")"));
    }

    private static Optional<String> inactiveSecurityModule(KernelFeature feature, KernelFacts facts) {
        return feature.needsSecurityModule() && !facts.hasBpfSecurityModule().orElse(true)
                ? Optional.of("the kernel was started without bpf among its security modules (lsm=...,bpf)")
                : Optional.empty();
    }

    private static Optional<String> policy(KernelFeature feature, KernelFacts facts) {
        return feature.programKind()
                .filter(facts::forbids)
                .map(_ -> "this machine refuses such programs to everyone (EPERM), though its kernel has them");
    }
}

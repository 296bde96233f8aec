package dev.skep.verifier.kernel;

/** What each kind of program may return: {@code check_return_code}, kernel/bpf/verifier.c (6.18). */
final class ReturnTable {
    private ReturnTable() {}

    static ReturnRule rule(ProgramKind program) {
        return switch (program.type()) {
            case CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, CGROUP_SYSCTL, CGROUP_SOCKOPT, SK_LOOKUP, NETFILTER ->
                new ReturnRule.Between(0, 1);
            default -> new ReturnRule.AnyNumber();
        };
    }
}

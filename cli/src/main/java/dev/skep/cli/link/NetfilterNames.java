package dev.skep.cli.link;

/** Words for netfilter's numbers, as bpftool has them: {@code NFPROTO_*} and {@code NF_INET_*} of linux/netfilter.h. */
final class NetfilterNames {
    private NetfilterNames() {}

    static String family(int number) {
        return switch (number) {
            case 2 -> "ip";
            case 10 -> "ip6";
            default -> "family " + number;
        };
    }

    static String hook(int number) {
        return switch (number) {
            case 0 -> "prerouting";
            case 1 -> "input";
            case 2 -> "forward";
            case 3 -> "output";
            case 4 -> "postrouting";
            default -> "hook " + number;
        };
    }
}

package dev.skep.verifier.repair;

import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.kernel.ReturnRule;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to leave a function without doing harm.
 *
 * @param value what it returns, legal for the program
 * @param text the statement in C
 * @param isKnown false if the function in the source may be one that returns nothing
 */
record SafeReturn(int value, String text, boolean isKnown) {
    private static final int XDP_PASS = 2; // enum xdp_action, linux/bpf.h
    private static final int SK_PASS = 1; // enum sk_action, linux/bpf.h

    /** Lines further away than this are taken to belong to another function. */
    private static final int NEAR = 40;

    private static final Pattern RETURN = Pattern.compile("\\breturn\\b\\s*(-?\\w*)\\s*;");

    /** From the function that {@code place} is in. */
    static SafeReturn of(Source source, KernelModel kernel, ProgramKind program, Place place) {
        boolean called = source.isInCalledFunction(place);
        int value = called ? 0 : value(kernel, program);
        SourceScope scope = new SourceScope(source, place);
        Optional<String> near = near(scope, place);
        boolean known = near.isPresent()
                || scope.isOwn()
                || scope.lines().stream().anyMatch(line -> line.text().matches(".*\\breturn\\b.*\\w.*"));
        boolean plain = called || !scope.isOwn();
        return new SafeReturn(value, near.orElseGet(() -> text(plain, program.type(), plain ? 0 : value)), known);
    }

    private static int value(KernelModel kernel, ProgramKind program) {
        int usual = switch (program.type()) {
            case XDP -> XDP_PASS;
            case CGROUP_SKB,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_DEVICE,
                    CGROUP_SYSCTL,
                    CGROUP_SOCKOPT,
                    SK_SKB,
                    SK_MSG,
                    SK_LOOKUP,
                    SK_REUSEPORT -> SK_PASS;
            case NETFILTER -> 1;
            case LSM -> program.attachesTo(AttachType.LSM_CGROUP) ? 1 : 0;
            default -> 0;
        };
        return kernel.returnRule(program, false) instanceof ReturnRule.Between between
                ? Math.clamp(usual, between.minimum(), between.maximum())
                : usual;
    }

    private static String text(boolean plain, ProgramType type, int value) {
        return !plain && type == ProgramType.XDP ? "return XDP_PASS;" : "return " + value + ";";
    }

    /** How the function itself leaves elsewhere: its type is not recorded if it was inlined. */
    private static Optional<String> near(SourceScope scope, Place place) {
        return scope.lines().stream()
                .filter(line -> Math.abs(line.line() - place.line()) <= NEAR)
                .filter(line -> isConstant(line.text()))
                .findFirst()
                .map(line -> "return " + returned(line.text()) + ";")
                .map(text -> text.replace("return ;", "return;"));
    }

    private static boolean isConstant(String text) {
        String value = returned(text);
        return RETURN.matcher(text).find() && (value.isEmpty() || value.matches("-?\\d+|[A-Z][A-Z0-9_]+"));
    }

    private static String returned(String text) {
        Matcher matcher = RETURN.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}

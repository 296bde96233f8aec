package dev.skep.verifier.log;

import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Rejection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the numbers in a message stand for, said by name: helpers a kernel does not know, types of maps, marks that loaders leave. */
public final class MessageAdvice {
    private static final Pattern UNKNOWN_HELPER = Pattern.compile("invalid func \\S*#(\\d{1,9})");
    private static final Pattern MAP_TYPE = Pattern.compile("cannot pass map_type (\\d{1,9}) into func (\\S+?)#\\d+");
    private static final Pattern FORBIDDEN_HELPER =
            Pattern.compile("(?:unknown func|program of this type cannot use helper) (\\S+?)#(\\d{1,9})");

    /** What libbpf, and cilium/ebpf and aya after it, put for an instruction whose CO-RE relocation failed: {@code 0xbad2310}. */
    private static final int FAILED_RELOCATION = 0xbad2310;

    private MessageAdvice() {}

    /** {@code rejection} in the words that fit {@code message}; as it is if there are none. */
    public static Rejection of(String message, Rejection rejection) {
        Matcher unknown = UNKNOWN_HELPER.matcher(message);
        Matcher mapType = MAP_TYPE.matcher(message);
        Matcher forbidden = FORBIDDEN_HELPER.matcher(message);
        if (unknown.find()) {
            return unknownHelper(Integer.parseInt(unknown.group(1)), rejection);
        }
        if (message.contains("CO-RE relocation")) {
            return failedRelocation(rejection);
        }
        if (mapType.find()) {
            return MapType.of(Integer.parseInt(mapType.group(1)))
                    .map(type -> rejection.withAdvice(
                            mapType.group(2) + "() does not take maps of type " + type,
                            "declare the map with the type that " + mapType.group(2)
                                    + "() works on, or use the helper for " + type + " maps"))
                    .orElse(rejection);
        }
        return forbidden.find()
                ? rejection.withAdvice(
                        forbidden.group(1) + "() is not for programs of this type",
                        "use what this program type offers, or attach a program of another type where "
                                + forbidden.group(1)
                                + "() is allowed; `skep features` lists both"
                                + since(Integer.parseInt(forbidden.group(2))))
                : rejection;
    }

    private static String since(int helper) {
        return HelperId.of(helper)
                .map(id -> "; it came with Linux " + id.since() + ", for some types later")
                .orElse("");
    }

    private static Rejection unknownHelper(int number, Rejection rejection) {
        if (number == FAILED_RELOCATION) {
            return failedRelocation(rejection);
        }
        Optional<HelperId> helper = HelperId.of(number);
        return helper.map(id -> rejection.withAdvice(
                        "helper " + number + " is " + id.functionName() + "(), of Linux " + id.since()
                                + ": this kernel does not have it",
                        "run Linux " + id.since() + " or newer, or do without " + id.functionName()
                                + "(): guarded by bpf_core_enum_value_exists(enum bpf_func_id, " + id.uapiName()
                                + "), or an older helper in its place"))
                .orElse(rejection);
    }

    private static Rejection failedRelocation(Rejection rejection) {
        return rejection.withAdvice(
                "a CO-RE relocation failed: this kernel has no such type, field or enumerator, and the loader put an invalid "
                        + "instruction where it is used",
                "guard its use with bpf_core_field_exists(), bpf_core_type_exists() or bpf_core_enum_value_exists(); the loader's debug "
                        + "output, or `skep core FILE`, names what is missing; check that the types given are those of this kernel "
                        + "and architecture");
    }
}

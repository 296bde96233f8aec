package dev.skep.object.corpus;

import java.util.Map;
import java.util.Optional;

/** Where libbpf does not give final instructions to compare with, or others than Skep: data, with the reasons. */
final class LibbpfLimits {
    private LibbpfLimits() {}

    /**
     * Both refuse the object.
     *
     * @param libbpf what libbpf's log says @param skep what Skep's error says
     */
    record Refused(String libbpf, String skep) {}

    /**
     * libbpf does otherwise.
     *
     * @param reason why Skep does not follow
     * @param libbpf a part of what libbpf prints
     * @param fixedInMinor the release 1.x of libbpf that does as Skep does, if any
     */
    record Different(String reason, String libbpf, Optional<Integer> fixedInMinor) {}

    private static final Map<String, Refused> REFUSED = Map.of(
            "ambiguous",
            new Refused("field offset ambiguity: 64 != 32", "bit offset 32 != 64"),
            "ambiguous_size",
            new Refused("relocation decision ambiguity: success 12 != success 8", "value 8 != 12"),
            "far_field",
            new Refused("value too big: 40000", "the field's offset in the target, 40000, does not fit"),
            // libbpf takes 32-bit enumerators for signed, clang does not: a program has to use 64-bit enums there.
            "unsigned_enum",
            new Refused("unexpected insn #0 (LDIMM64) value: got 2147483648", "with the value 2147483648"));

    private static final Map<String, Different> DIFFERENT = Map.of(
            "resize_array",
            new Different(
                    "before 1.6 libbpf compared whole arrays, so that a longer one could not be read",
                    "850000001023ad0b",
                    Optional.of(6)),
            "static_program",
            new Different(
                    "a static function beside programs is harmless: it is read as a subprogram",
                    "program 'local_in_section' is static and not supported",
                    Optional.empty()),
            "program_call",
            new Different(
                    "a program can be called like any function: it becomes a subprogram of its caller",
                    "bad call relo against 'called'",
                    Optional.empty()),
            "legacy_maps",
            new Different(
                    "libbpf 1.0 dropped maps declared without BTF; older objects have them",
                    "legacy map definitions in 'maps' section are not supported",
                    Optional.empty()),
            "arena",
            new Different(
                    "libbpf knows arenas since 1.5, and keeps their globals where this dump does not see them",
                    "arena",
                    Optional.empty()),
            "exceptions",
            new Different(
                    "before 1.3 libbpf left out the exception callback", "code program flags=0x0", Optional.of(3)),
            "struct_ops_link",
            new Different(
                    "before 1.2 libbpf did not look at .struct_ops.link, before 1.4 not at ?.struct_ops",
                    "program threshold section=struct_ops type=27 attach=0 autoload=0",
                    Optional.of(4)));

    /** Why both refuse this program, if they do. */
    static Optional<Refused> refused(String program) {
        return Optional.ofNullable(REFUSED.get(program));
    }

    /** What libbpf 1.{@code minor} is known to do otherwise with this program. */
    static Optional<Different> different(String program, int minor) {
        return Optional.ofNullable(DIFFERENT.get(program))
                .filter(each -> each.fixedInMinor().map(fixed -> minor < fixed).orElse(true));
    }
}

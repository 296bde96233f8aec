package dev.skep.verifier.transfer;

import java.util.Set;

/** Licences that may use what is for GPL-compatible programs ({@code license_is_gpl_compatible}, include/linux/license.h). */
final class Licenses {
    private static final Set<String> GPL_COMPATIBLE =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    private Licenses() {}

    static boolean isGplCompatible(String license) {
        return GPL_COMPATIBLE.contains(license);
    }
}

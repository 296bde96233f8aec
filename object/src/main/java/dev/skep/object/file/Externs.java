package dev.skep.object.file;

import dev.skep.object.program.ExternSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols a file expects from the kernel.
 *
 * @param list in libbpf's order: kernel configuration values, then kernel symbols
 * @param bySymbol from the index of the ELF symbol to the index in {@code list}
 * @param kconfigSize bytes of the value of the {@code .kconfig} map, 0 if there is none
 */
record Externs(List<ExternSpec> list, Map<Integer, Integer> bySymbol, int kconfigSize) {
    Externs {
        list = List.copyOf(list);
        bySymbol = Map.copyOf(bySymbol);
    }

    /** The configuration values by name. */
    Map<String, ExternSpec.Kconfig> kconfig() {
        Map<String, ExternSpec.Kconfig> byName = new HashMap<>();
        for (ExternSpec extern : list) {
            if (extern instanceof ExternSpec.Kconfig kconfig) {
                byName.put(kconfig.name(), kconfig);
            }
        }
        return byName;
    }
}

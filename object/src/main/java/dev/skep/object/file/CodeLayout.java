package dev.skep.object.file;

import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions of an object being written, by section and place. */
final class CodeLayout {
    private final Map<String, List<FunctionSpec>> sections = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two functions overlap that are not two names for the same code */
    CodeLayout(List<FunctionSpec> functions) {
        functions.forEach(f -> sections.computeIfAbsent(f.section(), ignored -> new ArrayList<>())
                .add(f));
        sections.values().forEach(CodeLayout::sortWithoutAliases);
    }

    private static void sortWithoutAliases(List<FunctionSpec> functions) {
        functions.sort(Comparator.comparingInt(FunctionSpec::sectionOffset));
        for (int i = functions.size() - 1; i > 0; i--) {
            FunctionSpec before = functions.get(i - 1);
            FunctionSpec function = functions.get(i);
            if (function.sectionOffset() == before.sectionOffset()
                    && function.instructions().equals(before.instructions())) {
                functions.remove(i);
            } else if (function.sectionOffset() < end(before)) {
                throw new IllegalArgumentException("function " + function.name() + " overlaps " + before.name()
                        + " in section " + function.section());
            }
        }
    }

    private static int end(FunctionSpec function) {
        return Math.addExact(function.sectionOffset(), function.instructions().slotCount() * ObjectInput.SLOT);
    }

    /** The functions of each section by offset; of several names for the same code the first. */
    Map<String, List<FunctionSpec>> bySection() {
        return sections;
    }

    /** For each section room for all its functions. */
    Map<String, byte[]> emptyCode() {
        Map<String, byte[]> code = new LinkedHashMap<>();
        sections.forEach((name, functions) -> code.put(name, new byte[end(functions.getLast())]));
        return code;
    }
}

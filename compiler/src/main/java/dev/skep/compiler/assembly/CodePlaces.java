package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Function.Linkage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where each function lies: programs in the section that says where they attach, all others in {@code .text}. */
final class CodePlaces {
    /** The section of functions that are no programs. */
    static final String TEXT = ".text";

    /** @param index among all functions of the object @param slot of the first instruction in the section */
    record Place(int index, String section, int slot) {}

    private final List<CompiledFunction> ordered = new ArrayList<>();
    private final Map<Function, Place> places = new IdentityHashMap<>();

    /** @throws IllegalArgumentException if two functions have one name, or a program has no section */
    CodePlaces(List<CompiledFunction> functions) {
        Map<String, List<CompiledFunction>> sections = new LinkedHashMap<>();
        // As compilers write it: .text comes first.
        sections.put(TEXT, new ArrayList<>());
        Set<String> names = new HashSet<>();
        for (CompiledFunction function : functions) {
            if (!names.add(function.function().name())) {
                throw new IllegalArgumentException("two functions are named '" + function.function() + "'");
            }
            sections.computeIfAbsent(sectionOf(function.function()), name -> new ArrayList<>())
                    .add(function);
        }
        sections.forEach(this::layOut);
    }

    private void layOut(String section, List<CompiledFunction> functions) {
        int slot = 0;
        for (CompiledFunction function : functions) {
            places.put(function.function(), new Place(ordered.size(), section, slot));
            ordered.add(function);
            slot += function.instructions().slotCount();
        }
    }

    private static String sectionOf(Function function) {
        if (function.linkage() != Linkage.PROGRAM) {
            return TEXT;
        }
        return function.section()
                .orElseThrow(() -> new IllegalArgumentException("the program '" + function + "' has no section"));
    }

    /** All functions, section by section, in the order of their places. */
    List<CompiledFunction> ordered() {
        return ordered;
    }

    /** @throws IllegalArgumentException if the function is not among those compiled */
    Place of(Function function) {
        return Optional.ofNullable(places.get(function))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the function '" + function + "' is called, but was not compiled"));
    }
}

package dev.skep.random;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes the labels of a switch, all different. */
final class CaseLabels {
    private final Choice choice;

    CaseLabels(Choice choice) {
        this.choice = choice;
    }

    /** One to four groups of labels, each separated by commas. */
    List<String> of(JavaType selector) {
        boolean dense = choice.oneIn(2);
        int first = choice.below(100);
        Set<Integer> numbers = new LinkedHashSet<>();
        int count = 1 + choice.below(6);
        for (int i = 0; i < count; i++) {
            numbers.add(within(selector, dense ? first + i : choice.oneIn(2) ? choice.below(16) - 4 : choice.anyInt()));
        }
        List<String> groups = new ArrayList<>();
        for (int number : numbers) {
            if (!groups.isEmpty() && choice.oneIn(3)) {
                groups.set(groups.size() - 1, groups.getLast() + ", " + number);
            } else {
                groups.add(String.valueOf(number));
            }
        }
        return groups;
    }

    private static int within(JavaType selector, int number) {
        return switch (selector) {
            case BYTE -> (byte) number;
            case SHORT -> (short) number;
            case CHAR -> (char) number;
            default -> number;
        };
    }
}

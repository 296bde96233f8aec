package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses what a message means that is not in the table: one of a kernel to come, or typed off a screen. It has words in common
 * with messages that are; a word counts more the fewer causes have it.
 */
final class MessageGuess {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{2,}");

    /** So much has to speak for a cause: a word that only its messages have, or some that few others have. */
    private static final double ENOUGH = 0.5;

    private final Map<String, Map<Cause, Double>> weights = new HashMap<>();

    MessageGuess(List<MessageTemplate> known) {
        Map<Cause, Integer> messages = new EnumMap<>(Cause.class);
        known.forEach(template -> messages.merge(template.cause(), 1, Integer::sum));
        for (MessageTemplate template : known) {
            for (String word : words(template.words())) {
                weights.computeIfAbsent(word, _ -> new EnumMap<>(Cause.class))
                        .merge(template.cause(), 1.0 / messages.getOrDefault(template.cause(), 1), Double::sum);
            }
        }
        weights.values().forEach(MessageGuess::normalize);
    }

    /** What each cause's share of a word is; shared by many, it says little. */
    private static void normalize(Map<Cause, Double> shares) {
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        int causes = shares.size();
        shares.replaceAll((_, share) -> share / sum / causes);
    }

    private static Set<String> words(String message) {
        Set<String> words = new HashSet<>();
        Matcher matcher = WORD.matcher(message.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** The cause that most of the words speak for; empty if they say nothing. */
    Optional<Cause> of(String message) {
        Map<Cause, Double> scores = new EnumMap<>(Cause.class);
        for (String word : words(message)) {
            weights.getOrDefault(word, Map.of()).forEach((cause, share) -> scores.merge(cause, share, Double::sum));
        }
        return scores.entrySet().stream()
                .filter(score -> score.getValue() >= ENOUGH)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }
}

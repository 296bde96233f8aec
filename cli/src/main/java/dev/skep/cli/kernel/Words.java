package dev.skep.cli.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The positional words of a command, read one after the other as bpftool reads its own: keywords and what follows them. */
public final class Words {
    private final CommandLine command;
    private final List<String> words;
    private int at;

    /** @param command whose words they are, for messages */
    public Words(CommandLine command, List<String> words) {
        this.command = command;
        this.words = List.copyOf(words);
    }

    /** True if all have been read. */
    public boolean isEmpty() {
        return at == words.size();
    }

    /** The next word, which stays to be read. */
    public Optional<String> peek() {
        return isEmpty() ? Optional.empty() : Optional.of(words.get(at));
    }

    /** Reads the next word. @param what it has to be, for the message if there is none */
    public String next(String what) {
        if (isEmpty()) {
            String before = at == 0 ? "" : " after '" + words.get(at - 1) + "'";
            throw wrong(what + " is missing" + before);
        }
        return words.get(at++);
    }

    /** Reads a number in decimal, or in hexadecimal after {@code 0x}. @param what it is */
    public long number(String what) {
        String word = next(what);
        try {
            return Long.decode(word);
        } catch (NumberFormatException e) {
            throw wrong(what + " must be a number, not '" + word + "'");
        }
    }

    /** Reads all words up to the end, or to one of these, which stays to be read. */
    public List<String> until(Set<String> keywords) {
        int from = at;
        while (!isEmpty() && !keywords.contains(words.get(at))) {
            at++;
        }
        return words.subList(from, at);
    }

    /** Reads the next word if it is this one. @return whether it was */
    public boolean take(String keyword) {
        boolean found = !isEmpty() && words.get(at).equals(keyword);
        at += found ? 1 : 0;
        return found;
    }

    /** Reads a word that has to be there. */
    public void require(String keyword) {
        if (!take(keyword)) {
            throw wrong("expected '" + keyword + "'"
                    + peek().map(word -> ", not '" + word + "'").orElse(""));
        }
    }

    /** Says that everything has been read. */
    public void end() {
        if (!isEmpty()) {
            throw wrong("'" + words.get(at) + "' is one word too many");
        }
    }

    /** What to throw if the words make no sense. */
    public ParameterException wrong(String message) {
        return new ParameterException(command, message);
    }
}

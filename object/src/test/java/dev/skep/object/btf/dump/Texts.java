package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whole dumps as bpftool prints them. */
final class Texts {
    private static final Pattern NARROW_ENUM = Pattern.compile("\"kind\":\"ENUM\",[^\\]]*");
    private static final Pattern SIGN_EXTENDED = Pattern.compile("\"val\":(18446744\\d{12})");

    private Texts() {}

    static String c(Btf btf) {
        StringBuilder text = new StringBuilder();
        CDump.header(btf, text::append);
        return text.toString();
    }

    static String raw(Btf btf) {
        TypeListing listing = new TypeListing(btf);
        return IntStream.range(1, btf.typeCount())
                .mapToObj(id -> listing.text(id) + "\n")
                .collect(Collectors.joining());
    }

    static String json(Btf btf) {
        TypeListing listing = new TypeListing(btf);
        return IntStream.range(1, btf.typeCount())
                .mapToObj(listing::json)
                .collect(Collectors.joining(",", "{\"types\":[", "]}\n"));
    }

    /**
     * What bpftool printed, with one of its mistakes put right: the JSON of bpftool 7.1 sign-extends enumerators of 32 bits
     * that are unsigned, which its text does not.
     */
    static String corrected(String json) {
        return NARROW_ENUM
                .matcher(json)
                .replaceAll(type -> SIGN_EXTENDED.matcher(type.group()).replaceAll(Texts::withoutSignExtension));
    }

    private static String withoutSignExtension(MatchResult value) {
        return "\"val\":" + Integer.toUnsignedString((int) Long.parseUnsignedLong(value.group(1)));
    }
}

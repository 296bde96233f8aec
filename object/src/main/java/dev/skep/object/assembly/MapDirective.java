package dev.skep.object.assembly;

import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code .map NAME TYPE key=4 value=8 entries=16 flags=... extra=... inner=MAP pin}. */
final class MapDirective {
    private static final Set<String> SETTINGS = Set.of("key", "value", "entries", "flags", "extra", "inner", "pin");

    private final Token directive;
    private final List<Token> arguments;
    private final Expressions expressions;

    MapDirective(Token directive, List<Token> arguments, Expressions expressions) {
        this.directive = directive;
        this.arguments = arguments;
        this.expressions = expressions;
    }

    /** The map. @param earlier the maps above it, among which an inner map is found */
    MapSpec read(Map<String, MapSpec> earlier) throws Mistake {
        if (arguments.size() < 2) {
            throw new Mistake(
                    directive, ".map takes a name and a type", ".map counters array key=4 value=8 entries=16");
        }
        MapSpec map = MapSpec.of(
                arguments.getFirst().text(), type(arguments.get(1)), size("key"), size("value"), size("entries"));
        Optional<Token> inner = setting("inner");
        if (inner.isPresent()) {
            map = map.withInner(inner(inner.get(), earlier));
        }
        rejectUnknownSettings();
        return withPlacement(map.withFlags((int) number("flags", 0xffff_ffffL)));
    }

    /** The settings {@link MapSpec} has no shorthand for. */
    private MapSpec withPlacement(MapSpec map) throws Mistake {
        MapSpec.Pinning pinning = hasWord("pin") ? MapSpec.Pinning.BY_NAME : MapSpec.Pinning.NONE;
        return new MapSpec(
                map.name(),
                map.role(),
                map.type(),
                map.keySize(),
                map.valueSize(),
                map.maxEntries(),
                map.flags(),
                number("extra", -1L),
                map.numaNode(),
                pinning,
                map.inner(),
                map.keyType(),
                map.valueType(),
                map.contents(),
                map.values(),
                map.dataSection());
    }

    private static MapType type(Token word) throws Mistake {
        String wanted = word.text().toUpperCase(Locale.ROOT).replaceFirst("^BPF_MAP_TYPE_", "");
        List<String> known = new ArrayList<>();
        for (MapType type : MapType.values()) {
            if (type.name().equals(wanted) && type != MapType.UNSPEC) {
                return type;
            }
            known.add(type.name().toLowerCase(Locale.ROOT));
        }
        throw new Mistake(
                word,
                "there is no map type " + word.text(),
                NearestName.advice(wanted, known, "for example hash, array, ringbuf, lru_hash, lpm_trie"));
    }

    private static MapSpec inner(Token name, Map<String, MapSpec> earlier) throws Mistake {
        MapSpec inner = earlier.get(name.text());
        if (inner == null) {
            throw new Mistake(
                    name,
                    "no map above is called " + name.text(),
                    NearestName.advice(name.text(), earlier.keySet(), "declare the inner map first"));
        }
        return inner;
    }

    private int size(String setting) throws Mistake {
        return (int) number(setting, Integer.MAX_VALUE);
    }

    /** The value of {@code setting=...}, 0 if it is not there. @param greatest allowed, unsigned */
    private long number(String setting, long greatest) throws Mistake {
        Optional<Token> word = setting(setting);
        if (word.isEmpty()) {
            return 0;
        }
        TokenReader in = new TokenReader(Lexer.tokens(
                " ".repeat(word.get().column() - 1) + word.get().text(),
                word.get().column() - 1));
        long value = expressions.parse(in);
        in.expectEnd();
        if (Long.compareUnsigned(value, greatest) > 0) {
            throw new Mistake(word.get(), setting + " is too large", "at most " + Long.toUnsignedString(greatest));
        }
        return value;
    }

    /** What stands after {@code setting=}. */
    private Optional<Token> setting(String setting) {
        String prefix = setting + "=";
        return settings().stream()
                .filter(word -> word.text().startsWith(prefix))
                .map(word -> new Token(
                        Token.Kind.NAME, word.text().substring(prefix.length()), word.column() + prefix.length()))
                .findFirst();
    }

    private boolean hasWord(String word) {
        return settings().stream().anyMatch(token -> token.is(word));
    }

    private List<Token> settings() {
        return arguments.subList(2, arguments.size());
    }

    private void rejectUnknownSettings() throws Mistake {
        for (Token word : settings()) {
            String name = word.text().split("=", 2)[0];
            boolean wellFormed = SETTINGS.contains(name) && word.text().contains("=") != name.equals("pin");
            if (!wellFormed) {
                throw new Mistake(
                        word,
                        "no setting of a map is written " + word.text(),
                        NearestName.advice(name, SETTINGS, "key= value= entries= flags= extra= inner= pin"));
            }
        }
    }
}

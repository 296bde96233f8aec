package dev.skep.linux.symbol.demangle;

import java.util.Map;
import java.util.Optional;

/** The words that letters stand for (Itanium C++ ABI, 5.1.3 to 5.1.5). */
final class Words {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("v", "void"),
            Map.entry("w", "wchar_t"),
            Map.entry("b", "bool"),
            Map.entry("c", "char"),
            Map.entry("a", "signed char"),
            Map.entry("h", "unsigned char"),
            Map.entry("s", "short"),
            Map.entry("t", "unsigned short"),
            Map.entry("i", "int"),
            Map.entry("j", "unsigned int"),
            Map.entry("l", "long"),
            Map.entry("m", "unsigned long"),
            Map.entry("x", "long long"),
            Map.entry("y", "unsigned long long"),
            Map.entry("n", "__int128"),
            Map.entry("o", "unsigned __int128"),
            Map.entry("f", "float"),
            Map.entry("d", "double"),
            Map.entry("e", "long double"),
            Map.entry("g", "__float128"),
            Map.entry("z", "..."),
            Map.entry("Dd", "decimal64"),
            Map.entry("De", "decimal128"),
            Map.entry("Df", "decimal32"),
            Map.entry("Dh", "half"),
            Map.entry("Di", "char32_t"),
            Map.entry("Ds", "char16_t"),
            Map.entry("Du", "char8_t"),
            Map.entry("Da", "auto"),
            Map.entry("Dc", "decltype(auto)"),
            Map.entry("Dn", "decltype(nullptr)"));

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("nw", " new"),
            Map.entry("na", " new[]"),
            Map.entry("dl", " delete"),
            Map.entry("da", " delete[]"),
            Map.entry("aw", " co_await"),
            Map.entry("ps", "+"),
            Map.entry("ng", "-"),
            Map.entry("ad", "&"),
            Map.entry("de", "*"),
            Map.entry("co", "~"),
            Map.entry("pl", "+"),
            Map.entry("mi", "-"),
            Map.entry("ml", "*"),
            Map.entry("dv", "/"),
            Map.entry("rm", "%"),
            Map.entry("an", "&"),
            Map.entry("or", "|"),
            Map.entry("eo", "^"),
            Map.entry("aS", "="),
            Map.entry("pL", "+="),
            Map.entry("mI", "-="),
            Map.entry("mL", "*="),
            Map.entry("dV", "/="),
            Map.entry("rM", "%="),
            Map.entry("aN", "&="),
            Map.entry("oR", "|="),
            Map.entry("eO", "^="),
            Map.entry("ls", "<<"),
            Map.entry("rs", ">>"),
            Map.entry("lS", "<<="),
            Map.entry("rS", ">>="),
            Map.entry("eq", "=="),
            Map.entry("ne", "!="),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("le", "<="),
            Map.entry("ge", ">="),
            Map.entry("ss", "<=>"),
            Map.entry("nt", "!"),
            Map.entry("aa", "&&"),
            Map.entry("oo", "||"),
            Map.entry("pp", "++"),
            Map.entry("mm", "--"),
            Map.entry("cm", ","),
            Map.entry("pm", "->*"),
            Map.entry("pt", "->"),
            Map.entry("cl", "()"),
            Map.entry("ix", "[]"),
            Map.entry("qu", "?"));

    private static final Map<Character, String> STANDARD = Map.of(
            'a', "std::allocator",
            'b', "std::basic_string",
            's', "std::basic_string<char, std::char_traits<char>, std::allocator<char> >",
            'i', "std::basic_istream<char, std::char_traits<char> >",
            'o', "std::basic_ostream<char, std::char_traits<char> >",
            'd', "std::basic_iostream<char, std::char_traits<char> >");

    private static final Map<String, String> SPECIAL = Map.of(
            "TV", "vtable for ",
            "TT", "VTT for ",
            "TI", "typeinfo for ",
            "TS", "typeinfo name for ");

    private Words() {}

    /** A type of the language, taken if it is one. */
    static Optional<String> type(MangledText text) {
        return taken(text, TYPES, text.peek() == 'D' ? 2 : 1);
    }

    /** An operator, as it follows the word {@code operator}, taken if it is one. */
    static Optional<String> operator(MangledText text) {
        return taken(text, OPERATORS, 2);
    }

    /** What is said of a type, taken if it is. */
    static Optional<String> special(MangledText text) {
        return taken(text, SPECIAL, 2);
    }

    private static Optional<String> taken(MangledText text, Map<String, String> words, int length) {
        String key = text.rest().substring(0, Math.min(length, text.rest().length()));
        String word = words.get(key);
        if (word != null) {
            text.seek(text.position() + length);
        }
        return Optional.ofNullable(word);
    }

    /** The classes of the library that have a letter of their own, which is taken. */
    static String standard(MangledText text) {
        String name = STANDARD.get(text.next());
        if (name == null) {
            throw new MangledText.Unreadable();
        }
        return name;
    }
}

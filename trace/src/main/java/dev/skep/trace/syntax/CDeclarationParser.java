package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CDefinitions;
import dev.skep.trace.cdefinition.CEnumeration;
import dev.skep.trace.cdefinition.CLayout;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.cdefinition.KnownTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads declarations of types in C, after the preprocessor. Other declarations are skipped. */
final class CDeclarationParser implements CConstantExpression.Sizes {
    private static final Set<String> TAGS = Set.of("struct", "union", "enum");
    private static final int DEEPEST = 32;

    private final CTokens tokens;
    private final CTypeSizes sizes;
    private final CConstantExpression constants;
    private final Map<String, CStructure> structures = new LinkedHashMap<>();
    private final Map<String, CEnumeration> enumerations = new LinkedHashMap<>();
    private final Map<String, CType> typedefs = new LinkedHashMap<>();
    private final Map<String, Long> values = new LinkedHashMap<>();
    private int depth;

    CDeclarationParser(CTokens tokens, KnownTypes known) {
        this.tokens = tokens;
        this.sizes = new CTypeSizes(tokens, structures, enumerations, known);
        this.constants = new CConstantExpression(tokens, name -> Optional.ofNullable(values.get(name)), this);
    }

    /** All that is declared. Of what is wrong, only that is missing. */
    CDefinitions definitions() {
        while (!tokens.atEnd()) {
            try {
                declaration();
            } catch (SyntaxError error) {
                recover();
            }
        }
        return new CDefinitions(structures, enumerations, typedefs, values);
    }

    private void recover() {
        while (!tokens.atEnd() && !tokens.at(TokenKind.SEMICOLON)) {
            if (tokens.at(TokenKind.LEFT_BRACE)) {
                tokens.skipBalanced();
            } else {
                tokens.next();
            }
        }
        tokens.next();
        depth = 0;
    }

    private void declaration() {
        if (tokens.take(TokenKind.SEMICOLON)) {
            return;
        }
        new CAttributes(tokens, constants).take();
        boolean isTypedef = tokens.takeWord("typedef");
        CType base = specifiers();
        boolean more = !atEndOfDefinition();
        while (more) {
            CDeclarator declarator = CDeclarator.parse(tokens, constants);
            new CAttributes(tokens, constants).take();
            if (isTypedef && !declarator.name().isEmpty()) {
                typedefs.put(declarator.name(), declarator.applied(base));
            }
            more = tokens.take(TokenKind.COMMA);
        }
        if (!tokens.take(TokenKind.SEMICOLON) && isTypedef) {
            tokens.expect(TokenKind.SEMICOLON);
        }
    }

    /** The semicolon after a definition may be missing. */
    private boolean atEndOfDefinition() {
        Token token = tokens.peek();
        return tokens.atEnd()
                || token.is(TokenKind.SEMICOLON)
                || (token.is(TokenKind.IDENTIFIER) && startsDeclaration(token));
    }

    private static boolean startsDeclaration(Token token) {
        return TAGS.contains(token.text()) || token.text().equals("typedef");
    }

    @Override
    public boolean atType() {
        Token token = tokens.peek();
        return token.is(TokenKind.IDENTIFIER)
                && (TAGS.contains(token.text())
                        || CWords.isPartOfNumber(token.text())
                        || token.text().equals("const")
                        || token.text().equals("void")
                        || typedefs.containsKey(token.text())
                        || CStandardTypes.find(token.text()).isPresent());
    }

    @Override
    public long size() {
        CType base = specifiers();
        CType type = CDeclarator.parse(tokens, constants).applied(base);
        return sizes.of(type, tokens.peek().span()).size();
    }

    /** What stands before the names. */
    private CType specifiers() {
        CAttributes attributes = new CAttributes(tokens, constants).take();
        Token token = tokens.peek();
        CType type;
        if (token.isWord("struct") || token.isWord("union")) {
            type = structure(tokens.next());
        } else if (token.isWord("enum")) {
            type = enumeration(tokens.next());
        } else if (token.is(TokenKind.IDENTIFIER) && CWords.isPartOfNumber(token.text())) {
            type = CWords.number(tokens);
        } else {
            type = named(tokens.expect(TokenKind.IDENTIFIER));
        }
        attributes.take();
        return type;
    }

    private CType named(Token token) {
        if (token.text().equals("void")) {
            return new CType.Nothing();
        }
        CType own = typedefs.get(token.text());
        if (own != null) {
            return own;
        }
        return CStandardTypes.find(token.text()).orElseGet(() -> new CType.Named(token.text()));
    }

    private CType structure(Token keyword) {
        CAttributes attributes = new CAttributes(tokens, constants).take();
        String name = tagged(keyword);
        boolean named = !name.equals(keyword.text());
        attributes.take();
        if (!tokens.at(TokenKind.LEFT_BRACE)) {
            if (!named) {
                tokens.expect(TokenKind.LEFT_BRACE);
            }
            return new CType.Named(name);
        }
        if (structures.containsKey(name)) {
            throw tokens.error(keyword.span(), "redefinition of '" + name + "'");
        }
        boolean packed = attributes.packed() || isPackedAfterwards();
        CStructureLayout layout = new CStructureLayout(keyword.text().equals("union"), packed);
        members(layout);
        attributes.take();
        CStructure structure = layout.structure(name, attributes.alignment());
        if (!named) {
            return new CType.Anonymous(structure);
        }
        structures.put(name, structure);
        return new CType.Named(name);
    }

    /** The keyword with the name after it, if there is one. */
    private String tagged(Token keyword) {
        boolean hasName = tokens.at(TokenKind.IDENTIFIER);
        return hasName ? keyword.text() + " " + tokens.next().text() : keyword.text();
    }

    /** Looks behind the closing brace, as attributes there say how the members before are laid out. */
    private boolean isPackedAfterwards() {
        int at = 1;
        for (int open = 1; open > 0 && !tokens.peek(at).is(TokenKind.END_OF_FILE); at++) {
            open += tokens.peek(at).is(TokenKind.LEFT_BRACE) ? 1 : 0;
            open -= tokens.peek(at).is(TokenKind.RIGHT_BRACE) ? 1 : 0;
        }
        boolean isAttribute = tokens.peek(at).isWord("__attribute__");
        for (int i = at; isAttribute && !tokens.peek(i).is(TokenKind.SEMICOLON) && i < at + 20; i++) {
            if (tokens.peek(i).isWord("packed") || tokens.peek(i).isWord("__packed__")) {
                return true;
            }
        }
        return tokens.peek(at).isWord("__packed");
    }

    private void members(CStructureLayout layout) {
        Token open = tokens.expect(TokenKind.LEFT_BRACE);
        if (depth == DEEPEST) {
            throw tokens.error(open.span(), "nested too deeply");
        }
        depth++;
        while (!tokens.take(TokenKind.RIGHT_BRACE)) {
            member(layout);
        }
        depth--;
    }

    private void member(CStructureLayout layout) {
        if (tokens.take(TokenKind.SEMICOLON)) {
            return;
        }
        CType base = specifiers();
        if (tokens.take(TokenKind.SEMICOLON)) {
            if (base instanceof CType.Anonymous anonymous) {
                CStructure inner = anonymous.structure();
                layout.add("", base, new CLayout(inner.size(), inner.alignment()), 1);
            }
            return;
        }
        do {
            CDeclarator declarator = CDeclarator.parse(tokens, constants);
            CType type = declarator.applied(base);
            CLayout needed = sizes.of(type, declarator.place().span());
            if (tokens.take(TokenKind.COLON)) {
                bits(layout, declarator, type, needed);
            } else if (declarator.name().isEmpty()) {
                throw tokens.error(declarator.place().span(), "a member needs a name");
            } else {
                int atLeast = new CAttributes(tokens, constants).take().alignment();
                layout.add(declarator.name(), type, needed, atLeast);
            }
        } while (tokens.take(TokenKind.COMMA));
        if (!tokens.at(TokenKind.RIGHT_BRACE)) {
            tokens.expect(TokenKind.SEMICOLON);
        }
    }

    private void bits(CStructureLayout layout, CDeclarator declarator, CType type, CLayout needed) {
        Token place = tokens.peek();
        long width = constants.value();
        boolean fits = width >= 0
                && width <= needed.size() * 8L
                && (width > 0 || declarator.name().isEmpty());
        boolean isNumber = type instanceof CType.Number || type instanceof CType.Truth || type instanceof CType.Named;
        if (!fits || !isNumber) {
            throw tokens.error(place.span(), "a bit field of " + needed.size() * 8L + " bits cannot have " + width);
        }
        layout.addBits(declarator.name(), type, needed, (int) width);
        new CAttributes(tokens, constants).take();
    }

    private CType enumeration(Token keyword) {
        new CAttributes(tokens, constants).take();
        String name = tagged(keyword);
        if (!tokens.at(TokenKind.LEFT_BRACE)) {
            return new CType.Named(name);
        }
        tokens.next();
        Map<String, Long> own = new LinkedHashMap<>();
        long next = 0;
        while (!tokens.take(TokenKind.RIGHT_BRACE)) {
            Token constant = tokens.expect(TokenKind.IDENTIFIER);
            long value = tokens.take(TokenKind.ASSIGN) ? constants.value() : next;
            if (values.putIfAbsent(constant.text(), value) != null) {
                throw tokens.error(constant.span(), "redefinition of '" + constant.text() + "'");
            }
            own.put(constant.text(), value);
            next = value + 1;
            if (!tokens.take(TokenKind.COMMA) && !tokens.at(TokenKind.RIGHT_BRACE)) {
                tokens.expect(TokenKind.RIGHT_BRACE);
            }
        }
        boolean packed = new CAttributes(tokens, constants).take().packed();
        if (!name.equals(keyword.text())) {
            enumerations.put(name, CTypeSizes.enumeration(name, own, packed));
            return new CType.Named(name);
        }
        String ownName = name + " (anonymous " + enumerations.size() + ")";
        CEnumeration enumeration = CTypeSizes.enumeration(ownName, own, packed);
        enumerations.put(ownName, enumeration);
        return new CType.Number(enumeration.size(), enumeration.signed(), false);
    }
}

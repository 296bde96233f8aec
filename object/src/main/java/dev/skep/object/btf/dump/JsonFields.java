package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;

/** Fields as the members of a JSON object, entries as an array of objects. */
final class JsonFields implements FieldSink {
    private final StringBuilder json = new StringBuilder("{");
    private boolean inEntries;

    JsonFields(Btf btf, int id) {
        number("id", id);
        word("kind", TypeListing.kindLabel(btf, id));
        word("name", TypeListing.shown(btf.name(id)));
    }

    @Override
    public void number(String key, int value) {
        digits(key, Integer.toString(value), "");
    }

    @Override
    public void numberBeforeComma(String key, int value) {
        number(key, value);
    }

    @Override
    public void digits(String key, String value, String suffix) {
        key(key);
        json.append(value);
    }

    @Override
    public void word(String key, String value) {
        key(key);
        string(value);
    }

    @Override
    public void entries(String key, int count) {
        number("vlen", count);
        key(key);
        json.append('[');
        inEntries = true;
    }

    @Override
    public void entry(String name) {
        entry();
        word("name", TypeListing.shown(name));
    }

    @Override
    public void entry() {
        json.append(json.charAt(json.length() - 1) == '[' ? "{" : "},{");
    }

    @Override
    public void remarkOn(int id) {}

    /** Closes what is open. @return the object */
    String end() {
        if (inEntries) {
            json.append(json.charAt(json.length() - 1) == '[' ? "]" : "}]");
        }
        return json.append('}').toString();
    }

    private void key(String key) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        string(key);
        json.append(':');
    }

    private void string(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}

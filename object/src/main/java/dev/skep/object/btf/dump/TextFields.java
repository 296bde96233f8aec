package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;

/** Fields as {@code key=value}, entries as indented lines. */
final class TextFields implements FieldSink {
    private final Btf btf;
    private final StringBuilder text = new StringBuilder();

    TextFields(Btf btf, int id) {
        this.btf = btf;
        text.append('[').append(id).append("] ").append(TypeListing.kindLabel(btf, id));
        text.append(" '").append(TypeListing.shown(btf.name(id))).append('\'');
    }

    @Override
    public void number(String key, int value) {
        word(key, Integer.toString(value));
    }

    @Override
    public void numberBeforeComma(String key, int value) {
        word(key, value + ",");
    }

    @Override
    public void digits(String key, String value, String suffix) {
        word(key, value + suffix);
    }

    @Override
    public void word(String key, String value) {
        boolean first = text.charAt(text.length() - 1) == '\t';
        text.append(first ? "" : " ").append(key).append('=').append(value);
    }

    @Override
    public void entries(String key, int count) {
        number("vlen", count);
    }

    @Override
    public void entry(String name) {
        text.append("\n\t'").append(TypeListing.shown(name)).append('\'');
    }

    @Override
    public void entry() {
        text.append("\n\t");
    }

    @Override
    public void remarkOn(int id) {
        text.append(" (").append(TypeListing.remark(btf, id)).append(')');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

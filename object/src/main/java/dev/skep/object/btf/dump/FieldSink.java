package dev.skep.object.btf.dump;

/** Takes the fields of one type in their order: first its own, then those of each entry. */
interface FieldSink {
    /** A field with a number. */
    void number(String key, int value);

    /** A field with a number, which text separates from the next with a comma. */
    void numberBeforeComma(String key, int value);

    /** A field with a number of up to 64 bits in decimal digits. @param suffix of a C literal, for text only */
    void digits(String key, String value, String suffix);

    /** A field with a word. */
    void word(String key, String value);

    /** The type has {@code count} entries; they follow. @param key what they are */
    void entries(String key, int count);

    /** An entry with a name, "" for none; its fields follow. */
    void entry(String name);

    /** An entry that cannot have a name; its fields follow. */
    void entry();

    /** What an id that was just given is; for text only. */
    void remarkOn(int id);
}

package dev.skep.object.btf;

import org.jspecify.annotations.Nullable;

/**
 * Pages fetched from a {@link ByteSource} when they are first looked at, and kept: who asks for a few types of the kernel's pays for a
 * few pages. Walks over all of it leave no pages behind.
 */
final class PagedBytes implements SectionBytes {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int WITHIN = PAGE - 1;

    private final ByteSource source;
    private final int length;
    /** Two threads may both fetch a page, and either copy does. */
    private final @Nullable Page[] pages;

    /** Its field is final, so that who sees the page sees its bytes. */
    private record Page(byte[] bytes) {}

    PagedBytes(ByteSource source) {
        this.source = source;
        this.length = source.length();
        this.pages = new @Nullable Page[(length + PAGE - 1) >>> PAGE_BITS];
    }

    private byte[] page(int offset) {
        int number = offset >>> PAGE_BITS;
        Page known = pages[number];
        if (known == null) {
            int start = number << PAGE_BITS;
            byte[] bytes = new byte[Math.min(PAGE, length - start)];
            source.copy(start, bytes, 0, bytes.length);
            known = new Page(bytes);
            pages[number] = known;
        }
        return known.bytes;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte at(int offset) {
        return page(offset)[offset & WITHIN];
    }

    @Override
    public int word(int offset) {
        int within = offset & WITHIN;
        if (within <= PAGE - Integer.BYTES) {
            return LittleEndian.word(page(offset), within);
        }
        return (at(offset) & 0xff)
                | (at(offset + 1) & 0xff) << 8
                | (at(offset + 2) & 0xff) << 16
                | at(offset + 3) << 24;
    }

    @Override
    public int endOfString(int start) {
        int end = start;
        while (at(end) != 0) {
            end++;
        }
        return end;
    }

    @Override
    public boolean matches(int start, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (at(start + i) != text[i]) {
                return false;
            }
        }
        return at(start + text.length) == 0;
    }

    @Override
    public byte[] copy(int from, int to) {
        byte[] copy = new byte[to - from];
        if (copy.length > PAGE) {
            source.copy(from, copy, 0, copy.length);
            return copy;
        }
        for (int done = 0; done < copy.length; ) {
            byte[] page = page(from + done);
            int within = (from + done) & WITHIN;
            int part = Math.min(copy.length - done, page.length - within);
            System.arraycopy(page, within, copy, done, part);
            done += part;
        }
        return copy;
    }

    @Override
    public ByteWalk walk() {
        return ByteWalk.through(source);
    }
}

package dev.skep.trace.print;

/** Addresses of version 6 as inet_ntop(3) writes them: the longest run of zeros as {@code ::} (RFC 5952). */
final class InternetText {
    private static final int GROUPS = 8;

    private InternetText() {}

    static String ofVersion6(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int run = 1; // one zero alone is written
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > run) {
                start = i;
                run = zeros;
            }
        }
        if (start == 0 && (run == 6 || (run == 5 && groups[5] == 0xffff))) { // holds an address of version 4
            return (run == 6 ? "::" : "::ffff:") + (bytes[12] & 0xff) + "." + (bytes[13] & 0xff) + "."
                    + (bytes[14] & 0xff) + "." + (bytes[15] & 0xff);
        }
        return start < 0
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, start) + "::" + joined(groups, start + run, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}

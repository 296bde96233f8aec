package dev.skep;

import dev.skep.lang.Struct;

/** Three numbers at the start of a packet, which programs compute with. */
final class Numbers extends Struct {
    int first;
    int second;
    long third;
}

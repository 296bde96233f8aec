package dev.skep.engine.map;

/**
 * Where the values of an array are: that of index {@code i} at {@code base + i * stride}.
 *
 * @param entries how many there are; indexes from there on have none
 */
public record ArrayElements(long base, int stride, int entries) {}

package dev.skep.verifier;

/**
 * A change that would make the program acceptable.
 *
 * @param place where to change the source
 * @param description what to do, in words
 * @param code the text to insert before that line, or the line as it should be; "" if the change cannot be written as text
 * @param replaces true if {@code code} stands for the line at {@code place}, false if it is inserted before it
 * @param verified true if the same change, applied to the instructions, was verified and removes this rejection
 */
public record Fix(Place place, String description, String code, boolean replaces, boolean verified) {}

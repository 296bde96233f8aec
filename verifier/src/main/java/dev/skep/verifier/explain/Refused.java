package dev.skep.verifier.explain;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Place;

/**
 * A rejection before it is explained.
 *
 * @param kernelMessage the kernel's own words
 * @param place the failing instruction
 */
public record Refused(Cause cause, String kernelMessage, Culprit culprit, Place place) {}

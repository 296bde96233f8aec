/**
 * What each Linux release allows: helper prototypes, rules of program types, layouts of contexts, kernel functions, limits and
 * features, as data; {@link dev.skep.verifier.kernel.KernelModel} is the way in.
 */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.kernel;

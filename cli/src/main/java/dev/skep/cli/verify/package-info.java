/** {@code skep verify} and {@code skep explain}: verdicts and what is to be done about them. */
@org.jspecify.annotations.NullMarked
package dev.skep.cli.verify;

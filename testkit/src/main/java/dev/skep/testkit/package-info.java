/**
 * What the tests of all modules share: running other programs, and skipping, with a reason, what a machine cannot test.
 *
 * <p>The module brings JUnit, AssertJ and jqwik with it, so a module under test depends on this one alone. It also
 * prints a line for every skipped test ({@link dev.skep.testkit.SkipReport}) and keeps jqwik quiet about properties
 * that hold ({@code junit-platform.properties}).
 */
@NullMarked
package dev.skep.testkit;

import org.jspecify.annotations.NullMarked;

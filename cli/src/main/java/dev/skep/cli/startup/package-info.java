/** What makes the command start fast: done by the launcher, never by a command. */
@NullMarked
package dev.skep.cli.startup;

import org.jspecify.annotations.NullMarked;

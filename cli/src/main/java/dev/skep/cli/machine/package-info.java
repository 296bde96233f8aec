/** {@code skep features} and {@code skep doctor}: what this machine can do, and what keeps it from doing more. */
package dev.skep.cli.machine;

/** {@code skep trace}: scripts in the language of bpftrace, on the running kernel. */
package dev.skep.cli.trace;

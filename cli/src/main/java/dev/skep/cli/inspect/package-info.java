/** {@code skep inspect}: what an object file holds. */
package dev.skep.cli.inspect;

/** {@code skep traffic}: makes captures to try programs on. */
package dev.skep.cli.traffic;

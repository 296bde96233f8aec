/** {@code skep map}: the maps that are in the kernel. */
package dev.skep.cli.map;

/** Programs as files: object files, Java classes, and Java source. */
package dev.skep.cli.program;

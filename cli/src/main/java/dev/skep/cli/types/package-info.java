/** BTF types and values on the command line: where they come from and how they are shown. */
package dev.skep.cli.types;

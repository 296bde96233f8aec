/** BTF types and values on the command line: {@code skep btf}, and how types and values are shown. */
package dev.skep.cli.types;

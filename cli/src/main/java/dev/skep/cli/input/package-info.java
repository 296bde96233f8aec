/** Reading what the user names on the command line: files, standard input, hexadecimal digits, JSON. */
package dev.skep.cli.input;

/** Writing results: tables for people, JSON for programs, files. */
package dev.skep.cli.output;

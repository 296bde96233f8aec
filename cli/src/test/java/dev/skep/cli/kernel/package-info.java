/** What tests of the commands on the running kernel need: a bpf file system of their own, and something to look at. */
package dev.skep.cli.kernel;

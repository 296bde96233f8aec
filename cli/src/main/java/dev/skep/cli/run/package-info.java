/** {@code skep run}: runs a program on every packet of a capture, and shows what it decided and what it left in its maps. */
package dev.skep.cli.run;

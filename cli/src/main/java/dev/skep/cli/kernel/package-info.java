/** What the commands on programs, maps, links and BTF in the kernel share: how these are named, and who keeps them there. */
package dev.skep.cli.kernel;

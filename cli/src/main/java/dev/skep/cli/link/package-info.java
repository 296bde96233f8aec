/** {@code skep link}: what attaches programs in the kernel. */
package dev.skep.cli.link;

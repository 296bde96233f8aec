/** {@code skep net}, {@code skep cgroup} and {@code skep perf}: what is attached, asked by place and not by link. */
package dev.skep.cli.attached;

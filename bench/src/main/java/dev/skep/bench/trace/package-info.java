/** {@code skep trace} beside bpftrace: what events cost, what starting costs. {@code bench/trace} runs it. */
package dev.skep.bench.trace;

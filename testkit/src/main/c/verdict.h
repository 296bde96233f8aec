// What the programs of the corpus share. Each says which verdict Linux 6.18 gives on it: a tag in its BTF.
#pragma once

#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

#define ACCEPTED __attribute__((btf_decl_tag("accepted")))
#define REJECTED(cause) __attribute__((btf_decl_tag("rejected " cause)))

#ifndef __arg_ctx
#define __arg_ctx __attribute__((btf_decl_tag("arg:ctx")))
#endif
#define ARG_NONNULL __attribute__((btf_decl_tag("arg:nonnull")))

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

// Keeps the compiler from knowing a value, and from moving what stands around.
#define hide(value) asm volatile("" : "+r"(value))

char LICENSE[] SEC("license") = "GPL";

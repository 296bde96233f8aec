// SPDX-License-Identifier: Apache-2.0
// Lists the maps that are in the kernel, a line for each: what a program writes for every map the kernel calls it with.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

// As much of the kernel's structures as is needed; where the members really are is found when the program is loaded.
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 seq_num;
};

struct bpf_map {
	__u32 id;
	__u32 key_size;
	__u32 value_size;
	char name[16];
};

struct bpf_iter__bpf_map {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
};
#pragma clang attribute pop

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("iter/bpf_map")
int list_maps(struct bpf_iter__bpf_map *context)
{
	struct seq_file *seq = context->meta->seq;
	struct bpf_map *map = context->map;

	if (!map) // the end
		return 0;
	if (context->meta->seq_num == 0)
		BPF_SEQ_PRINTF(seq, "    id  key  value  name\n");
	BPF_SEQ_PRINTF(seq, "%6u %4u %6u  %s\n", map->id, map->key_size, map->value_size, map->name);
	return 0;
}

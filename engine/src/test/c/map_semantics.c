// SPDX-License-Identifier: Apache-2.0
/*
 * Plays a script of map operations on maps of the running kernel and prints what each came to. The engine's tests play the
 * same script on the engine's maps and compare line by line (MapSemanticsTest).
 *
 *	cc -O2 -Wall -o map_semantics map_semantics.c -lbpf
 *	./map_semantics < script > transcript
 *
 * One command a line; words are separated by single blanks. "-" stands for no bytes, "@name" in hex bytes for the 32-bit
 * number of something made before (a map, program or socket), FLAGS and COUNT are decimal. An answer is the errno's number
 * (0 for success) and what came out, in hex.
 *
 *	create NAME TYPE KEYSIZE VALUESIZE ENTRIES FLAGS EXTRA [INNER|lock|btf]	answers "ok" or "refused"
 *	program NAME | socket NAME						something to put into maps
 *	update NAME KEY VALUE FLAGS | lookup NAME KEY FLAGS | delete NAME KEY | take NAME KEY | next NAME KEY
 *	freeze NAME
 *	lookupbatch NAME CURSOR COUNT | takebatch NAME CURSOR COUNT
 *	updatebatch NAME COUNT KEYS VALUES FLAGS | deletebatch NAME COUNT KEYS
 *
 * Lines that start with '#' are printed as they are.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_WORDS 16
#define MAX_THINGS 512
#define MAX_BYTES (1 << 16)

struct thing {
	char name[32];
	int fd;
	__u32 id;
	int key_size, value_size;
	int user_value_size;
	int type;
};

static struct thing things[MAX_THINGS];
static int thing_count;
static int cpus;

static void die(const char *what, const char *with)
{
	fprintf(stderr, "map_semantics: %s: %s\n", what, with);
	exit(1);
}

static struct thing *find(const char *name)
{
	for (int i = thing_count - 1; i >= 0; i--)
		if (!strcmp(things[i].name, name))
			return &things[i];
	die("unknown name", name);
	return NULL;
}

static struct thing *add(const char *name, int fd)
{
	if (thing_count == MAX_THINGS)
		die("too many names", name);
	struct thing *thing = &things[thing_count++];

	memset(thing, 0, sizeof(*thing));
	snprintf(thing->name, sizeof(thing->name), "%s", name);
	thing->fd = fd;
	return thing;
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Hex bytes, with "@name," for a file descriptor. */
static int parse(const char *text, unsigned char *bytes)
{
	int length = 0;

	if (!strcmp(text, "-"))
		return 0;
	while (*text) {
		if (*text == '@') {
			char name[32] = "";
			int end = strcspn(text, ",");

			memcpy(name, text + 1, end - 1);
			memcpy(bytes + length, &find(name)->fd, 4);
			length += 4;
			text += end + (text[end] == ',');
			continue;
		}
		bytes[length++] = nibble(text[0]) << 4 | nibble(text[1]);
		text += 2;
	}
	return length;
}

static void print_bytes(const unsigned char *bytes, int length)
{
	putchar(' ');
	for (int i = 0; i < length; i++)
		printf("%02x", bytes[i]);
	if (!length)
		putchar('-');
}

/* Values of maps and programs are printed by name. */
static void print_value(const struct thing *map, const unsigned char *value)
{
	if (map->type == BPF_MAP_TYPE_PROG_ARRAY || map->type == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
	    map->type == BPF_MAP_TYPE_HASH_OF_MAPS) {
		__u32 id;

		memcpy(&id, value, 4);
		for (int i = thing_count - 1; i >= 0; i--)
			if (things[i].id == id) {
				printf(" @%s", things[i].name);
				return;
			}
	}
	print_bytes(value, map->user_value_size);
}

static int is_per_cpu(int type)
{
	return type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

/* Types for a key of whole words and a value that may begin with a spin lock. */
static void add_types(struct bpf_map_create_opts *opts, int key_size, int value_size, int lock)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int spin_lock = btf__add_struct(btf, "bpf_spin_lock", 4);

	btf__add_field(btf, "val", number, 0, 0);
	int array = btf__add_array(btf, number, number, value_size / 4 - lock);
	int value = btf__add_struct(btf, "value", value_size);

	if (lock)
		btf__add_field(btf, "lock", spin_lock, 0, 0);
	btf__add_field(btf, "data", array, lock * 32, 0);
	opts->btf_value_type_id = value;
	opts->btf_key_type_id = key_size == 4 ? number : btf__add_array(btf, number, number, key_size / 4);
	if (btf__load_into_kernel(btf))
		die("loading BTF", strerror(errno));
	opts->btf_fd = btf__fd(btf);
}

static void create(char **word, int words)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = strtoul(word[6], NULL, 10),
		    .map_extra = strtoull(word[7], NULL, 10));
	int type = atoi(word[2]), key_size = atoi(word[3]), value_size = atoi(word[4]);
	const char *more = words > 8 ? word[8] : "";

	if (!strcmp(more, "lock") || !strcmp(more, "btf"))
		add_types(&opts, key_size, value_size, !strcmp(more, "lock"));
	else if (*more)
		opts.inner_map_fd = find(more)->fd;
	int fd = bpf_map_create(type, "m", key_size, value_size, strtoul(word[5], NULL, 10), &opts);

	puts(fd < 0 ? "refused" : "ok");
	if (fd < 0)
		return;
	struct thing *map = add(word[1], fd);
	struct bpf_map_info info = {};
	__u32 info_size = sizeof(info);

	if (bpf_obj_get_info_by_fd(fd, &info, &info_size))
		die("map info", strerror(errno));
	map->id = info.id;
	map->type = type;
	map->key_size = key_size;
	map->value_size = value_size;
	map->user_value_size = is_per_cpu(type) ? cpus * ((value_size + 7) & ~7) : value_size;
}

static void program(const char *name)
{
	struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	int fd = bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "p", "GPL", code, 2, NULL);
	struct bpf_prog_info info = {};
	__u32 info_size = sizeof(info);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &info_size))
		die("loading a program", strerror(errno));
	add(name, fd)->id = info.id;
	puts("ok");
}

static void print_batch(const struct thing *map, int result, __u32 count, const unsigned char *keys,
			const unsigned char *values, const unsigned char *cursor)
{
	printf("%d %u", result ? errno : 0, count);
	for (__u32 i = 0; i < count; i++) {
		print_bytes(keys + i * map->key_size, map->key_size);
		print_value(map, values + i * map->user_value_size);
	}
	if (!result)
		print_bytes(cursor, map->key_size);
	putchar('\n');
}

/* The kernel leaves the count alone if it refuses the whole batch. */
static void print_done(int result, __u32 count, __u64 flags)
{
	int whole = result && ((errno == EINVAL && flags) || errno == EPERM || errno == 524 /* ENOTSUPP */);

	printf("%d %u\n", result ? errno : 0, whole ? 0 : count);
}

static void batch(char **word)
{
	static unsigned char keys[MAX_BYTES], values[MAX_BYTES], cursor[MAX_BYTES], next[MAX_BYTES];
	LIBBPF_OPTS(bpf_map_batch_opts, opts);
	struct thing *map = find(word[1]);
	int result;
	__u32 count;

	if (!strcmp(word[0], "updatebatch")) {
		count = atoi(word[2]);
		parse(word[3], keys);
		parse(word[4], values);
		opts.elem_flags = strtoull(word[5], NULL, 10);
		result = bpf_map_update_batch(map->fd, keys, values, &count, &opts);
		print_done(result, count, opts.elem_flags);
		return;
	}
	if (!strcmp(word[0], "deletebatch")) {
		count = atoi(word[2]);
		parse(word[3], keys);
		result = bpf_map_delete_batch(map->fd, keys, &count, &opts);
		print_done(result, count, 0);
		return;
	}
	int from = parse(word[2], cursor);

	count = atoi(word[3]);
	if (!strcmp(word[0], "lookupbatch"))
		result = bpf_map_lookup_batch(map->fd, from ? cursor : NULL, next, keys, values, &count, &opts);
	else
		result = bpf_map_lookup_and_delete_batch(map->fd, from ? cursor : NULL, next, keys, values, &count,
							 &opts);
	print_batch(map, result, result && errno != ENOENT ? 0 : count, keys, values, next);
}

static void operate(char **word)
{
	static unsigned char key[MAX_BYTES], value[MAX_BYTES];
	struct thing *map = find(word[1]);
	const char *operation = word[0];
	int keyed = word[2] ? parse(word[2], key) : 0;
	void *at = keyed ? key : NULL;
	int result;

	if (!strcmp(operation, "update")) {
		parse(word[3], value);
		result = bpf_map_update_elem(map->fd, at, value, strtoull(word[4], NULL, 10));
		printf("%d\n", result ? errno : 0);
	} else if (!strcmp(operation, "lookup")) {
		if (map->type == BPF_MAP_TYPE_BLOOM_FILTER) {
			memcpy(value, key, keyed);
			at = NULL;
		}
		result = bpf_map_lookup_elem_flags(map->fd, at, value, strtoull(word[3], NULL, 10));
		printf("%d", result ? errno : 0);
		if (!result)
			print_value(map, value);
		putchar('\n');
	} else if (!strcmp(operation, "delete")) {
		result = bpf_map_delete_elem(map->fd, at);
		printf("%d\n", result ? errno : 0);
	} else if (!strcmp(operation, "take")) {
		result = bpf_map_lookup_and_delete_elem(map->fd, at, value);
		printf("%d", result ? errno : 0);
		if (!result)
			print_value(map, value);
		putchar('\n');
	} else if (!strcmp(operation, "next")) {
		result = bpf_map_get_next_key(map->fd, at, value);
		printf("%d", result ? errno : 0);
		if (!result)
			print_bytes(value, map->key_size);
		putchar('\n');
	} else if (!strcmp(operation, "freeze")) {
		result = bpf_map_freeze(map->fd);
		printf("%d\n", result ? errno : 0);
	} else {
		die("unknown command", operation);
	}
}

static void play(char *line)
{
	char *word[MAX_WORDS + 1] = {};
	int words = 0;

	for (char *at = strtok(line, " "); at && words < MAX_WORDS; at = strtok(NULL, " "))
		word[words++] = at;
	if (!strcmp(word[0], "create")) {
		create(word, words);
	} else if (!strcmp(word[0], "program")) {
		program(word[1]);
	} else if (!strcmp(word[0], "socket")) {
		add(word[1], socket(AF_INET, SOCK_DGRAM, 0));
		puts("ok");
	} else if (strstr(word[0], "batch")) {
		batch(word);
	} else {
		operate(word);
	}
}

int main(void)
{
	static char line[1 << 18];
	cpu_set_t first;

	libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
	libbpf_set_print(NULL);
	cpus = libbpf_num_possible_cpus();
	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		die("staying on one CPU", strerror(errno));
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = 0;
		if (!*line)
			continue;
		if (*line == '#')
			puts(line);
		else
			play(line);
	}
	return 0;
}

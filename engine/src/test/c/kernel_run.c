/*
 * Runs raw BPF programs in the Linux kernel: what KernelDifferentialTest compares the interpreter with. Needs root and no library.
 *
 * Standard input has a case on each line: "MEMORY PROGRAM", both in hexadecimal digits. At the start of the program r1 is the
 * address of the memory and r2 its length; the first lines of `load` put two instructions before it that make this so, the memory
 * being the value of an array map. Standard output answers each line with "r0 MEMORY": the lower half of what the program
 * returned (all that BPF_PROG_TEST_RUN tells) and the memory afterwards; or with "refused ERRNO VERIFIER'S LAST LINES".
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PROLOGUE = 3, MAX_SLOTS = 4096, MAX_MEMORY = 4096, LOG_SIZE = 1 << 20 };

static char verifier_log[LOG_SIZE];

static long bpf(int command, union bpf_attr *attributes)
{
    return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int create_map(uint32_t value_size)
{
    union bpf_attr attributes = {0};
    attributes.map_type = BPF_MAP_TYPE_ARRAY;
    attributes.key_size = 4;
    attributes.value_size = value_size;
    attributes.max_entries = 1;
    int map = bpf(BPF_MAP_CREATE, &attributes);
    if (map < 0)
        fail("BPF_MAP_CREATE");
    return map;
}

static void access_map(int command, int map, void *value)
{
    uint32_t key = 0;
    union bpf_attr attributes = {0};
    attributes.map_fd = map;
    attributes.key = (uintptr_t)&key;
    attributes.value = (uintptr_t)value;
    if (bpf(command, &attributes) < 0)
        fail("map element");
}

/* Puts `r1 = memory; r2 = its length` before the `slots` instructions at code + PROLOGUE. */
static int load(struct bpf_insn *code, uint32_t slots, int map, uint32_t memory_size)
{
    memset(code, 0, PROLOGUE * sizeof(*code));
    code[0] = (struct bpf_insn){.code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = 1, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = map};
    code[2] = (struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 2, .imm = (int32_t)memory_size};
    union bpf_attr attributes = {0};
    attributes.prog_type = BPF_PROG_TYPE_SCHED_CLS;
    attributes.insns = (uintptr_t)code;
    attributes.insn_cnt = PROLOGUE + slots;
    attributes.license = (uintptr_t)"GPL";
    int program = bpf(BPF_PROG_LOAD, &attributes);
    if (program < 0 && errno != EPERM) {
        /* Again, for the reasons: writing a log for each program would take most of the time. */
        attributes.log_buf = (uintptr_t)verifier_log;
        attributes.log_size = LOG_SIZE;
        attributes.log_level = 1;
        verifier_log[0] = 0;
        program = bpf(BPF_PROG_LOAD, &attributes);
    }
    return program;
}

static uint32_t run(int program)
{
    uint8_t packet[64] = {0};
    union bpf_attr attributes = {0};
    attributes.test.prog_fd = program;
    attributes.test.data_in = (uintptr_t)packet;
    attributes.test.data_size_in = sizeof(packet);
    if (bpf(BPF_PROG_TEST_RUN, &attributes) < 0)
        fail("BPF_PROG_TEST_RUN");
    return attributes.test.retval;
}

static size_t parse_hex(const char *text, uint8_t *bytes, size_t limit)
{
    size_t length = strlen(text) / 2;
    if (length > limit) {
        fprintf(stderr, "%zu bytes; the limit is %zu\n", length, limit);
        exit(1);
    }
    for (size_t i = 0; i < length; i++) {
        unsigned value;
        if (sscanf(text + 2 * i, "%2x", &value) != 1) {
            fprintf(stderr, "no hexadecimal digits: %s\n", text + 2 * i);
            exit(1);
        }
        bytes[i] = (uint8_t)value;
    }
    return length;
}

static void print_refusal(int error)
{
    size_t length = strlen(verifier_log);
    const char *tail = verifier_log + (length > 300 ? length - 300 : 0);
    printf("refused %d ", error);
    for (; *tail; tail++)
        putchar(*tail == '\n' ? '|' : *tail);
    putchar('\n');
}

int main(void)
{
    static char line[2 * (MAX_MEMORY + 8 * MAX_SLOTS) + 16];
    static uint8_t memory[MAX_MEMORY];
    static struct bpf_insn code[PROLOGUE + MAX_SLOTS];
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *program_text = strchr(line, ' ');
        if (!program_text) {
            fprintf(stderr, "not `MEMORY PROGRAM`: %s\n", line);
            return 1;
        }
        *program_text++ = 0;
        size_t memory_size = parse_hex(line, memory, MAX_MEMORY);
        size_t bytes = parse_hex(program_text, (uint8_t *)(code + PROLOGUE), MAX_SLOTS * sizeof(*code));
        int map = create_map(memory_size);
        access_map(BPF_MAP_UPDATE_ELEM, map, memory);
        int program = load(code, bytes / sizeof(*code), map, memory_size);
        if (program < 0) {
            print_refusal(errno);
        } else {
            uint32_t result = run(program);
            access_map(BPF_MAP_LOOKUP_ELEM, map, memory);
            printf("%08x ", result);
            for (size_t i = 0; i < memory_size; i++)
                printf("%02x", memory[i]);
            putchar('\n');
            close(program);
        }
        close(map);
    }
    return 0;
}

// Prints what libbpf makes of an object: maps, programs, and the final instructions of each program.
//
//     libbpf_dump [-t TARGET_BTF] [-k KCONFIG] [-s KALLSYMS] OBJECT.o
//
// It needs no privilege: bpf(2) is answered here, in the process, as by a kernel that accepts everything. libbpf reaches the
// kernel through syscall(), so defining syscall() in the executable is enough. File descriptors handed out stay open to the
// end, which makes their numbers names. The lines it writes are explained in docs/core.md.
//
//     -t  types to use as the kernel's for CO-RE (a BTF or ELF file) instead of /sys/kernel/btf/vmlinux
//     -k  file with kernel configuration, instead of /proc/config.gz
//     -s  file in the form of /proc/kallsyms
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MAX_EVENTS 1024
#define MAX_FDS 4096

struct event {
    enum bpf_cmd cmd;
    int fd; // that the call was about, or that it returned
    union bpf_attr attr;
    void *data; // instructions of a program, value of an update
    size_t size;
    unsigned int key;
};

static struct event events[MAX_EVENTS];
static int event_count;
static bool ours[MAX_FDS];
static const char *kallsyms_file;
static const char *kconfig_file;

// ---- the kernel that accepts everything ----

static struct event *record(enum bpf_cmd cmd, int fd, const union bpf_attr *attr, size_t attr_size) {
    if (event_count == MAX_EVENTS) {
        fprintf(stderr, "more than %d calls of bpf(2)\n", MAX_EVENTS);
        exit(1);
    }
    struct event *event = &events[event_count++];
    event->cmd = cmd;
    event->fd = fd;
    memcpy(&event->attr, attr, attr_size < sizeof(event->attr) ? attr_size : sizeof(event->attr));
    return event;
}

static int new_fd(void) {
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (fd < 0 || fd >= MAX_FDS) {
        perror("opening /dev/null");
        exit(1);
    }
    ours[fd] = true;
    return fd;
}

static void *copy(__u64 address, size_t size) {
    void *bytes = malloc(size ? size : 1);
    memcpy(bytes, (void *)(unsigned long)address, size);
    return bytes;
}

static struct event *creation_of(int fd) {
    for (int i = 0; i < event_count; i++)
        if (events[i].cmd == BPF_MAP_CREATE && events[i].fd == fd)
            return &events[i];
    return NULL;
}

static long answer(enum bpf_cmd cmd, union bpf_attr *attr, size_t size) {
    int fd;
    switch (cmd) {
    case BPF_MAP_CREATE:
        fd = new_fd();
        record(cmd, fd, attr, size);
        return fd;
    case BPF_PROG_LOAD: {
        fd = new_fd();
        struct event *event = record(cmd, fd, attr, size);
        event->size = attr->insn_cnt * sizeof(struct bpf_insn);
        event->data = copy(attr->insns, event->size);
        return fd;
    }
    case BPF_BTF_LOAD:
        return new_fd();
    case BPF_MAP_UPDATE_ELEM: {
        struct event *created = creation_of(attr->map_fd);
        struct event *event = record(cmd, attr->map_fd, attr, size);
        event->key = *(unsigned int *)(unsigned long)attr->key;
        event->size = created ? created->attr.value_size : 0;
        event->data = copy(attr->value, event->size);
        return 0;
    }
    case BPF_MAP_FREEZE:
    case BPF_PROG_BIND_MAP:
    case BPF_OBJ_PIN:
        return 0;
    case BPF_LINK_CREATE: // how libbpf finds out that the kernel has perf links
        errno = EBADF;
        return -1;
    default: // no pinned maps, no modules, nothing to ask about
        errno = ENOENT;
        return -1;
    }
}

long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long args[6];
    for (int i = 0; i < 6; i++)
        args[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_bpf)
        return answer((enum bpf_cmd)args[0], (union bpf_attr *)args[1], args[2]);
    long (*next)(long, ...) = dlsym(RTLD_NEXT, "syscall");
    return next(number, args[0], args[1], args[2], args[3], args[4], args[5]);
}

int close(int fd) {
    if (fd >= 0 && fd < MAX_FDS && ours[fd])
        return 0;
    int (*next)(int) = dlsym(RTLD_NEXT, "close");
    return next(fd);
}

// libbpf is built for 64-bit file offsets, with which some functions have other names.

// Maps are pinned below /sys/fs/bpf, which may not be mounted here.
int statfs64(const char *path, struct statfs64 *result) {
    (void)path;
    memset(result, 0, sizeof(*result));
    result->f_type = BPF_FS_MAGIC;
    return 0;
}

int mkdir(const char *path, mode_t mode) {
    (void)path;
    (void)mode;
    return 0;
}

FILE *fopen64(const char *path, const char *mode) {
    FILE *(*next)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen64");
    return next(kallsyms_file && !strcmp(path, "/proc/kallsyms") ? kallsyms_file : path, mode);
}

void *gzopen64(const char *path, const char *mode) {
    void *(*next)(const char *, const char *) = dlsym(RTLD_NEXT, "gzopen64");
    return next(kconfig_file ? kconfig_file : path, mode);
}

// ---- the report ----

// Globals of x.o are called x.data and the like: only the section counts.
static const char *map_name(const struct bpf_map *map) {
    const char *name = bpf_map__name(map);
    const char *dot = strchr(name, '.');
    return bpf_map__is_internal(map) && dot ? dot : name;
}

static const char *map_with_fd(struct bpf_object *object, int fd) {
    struct bpf_map *map;
    bpf_object__for_each_map(map, object) {
        if (bpf_map__fd(map) == fd)
            return map_name(map);
    }
    return "?";
}

static const char *program_with_fd(struct bpf_object *object, int fd) {
    struct bpf_program *program;
    bpf_object__for_each_program(program, object) {
        if (bpf_program__fd(program) == fd)
            return bpf_program__name(program);
    }
    return NULL;
}

static void print_bytes(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        printf("%02x", bytes[i]);
}

// What the file says, before anything is adjusted to the machine.
static void print_map_definition(const struct bpf_map *map) {
    printf("map %s type=%u key=%u value=%u entries=%u flags=0x%x extra=0x%llx numa=%d pin=%s\n", map_name(map),
           bpf_map__type(map), bpf_map__key_size(map), bpf_map__value_size(map), bpf_map__max_entries(map),
           bpf_map__map_flags(map), (unsigned long long)bpf_map__map_extra(map), (int)bpf_map__numa_node(map),
           bpf_map__pin_path(map) ? strrchr(bpf_map__pin_path(map), '/') + 1 : "-");
}

static void print_map_contents(struct bpf_object *object, const struct bpf_map *map) {
    const struct event *created = creation_of(bpf_map__fd(map));
    const struct event *inner = created && created->attr.inner_map_fd ? creation_of(created->attr.inner_map_fd) : NULL;
    bool machine_dependent = !strcmp(map_name(map), ".kconfig");
    if (inner || (bpf_map__is_internal(map) && !machine_dependent) || bpf_map__type(map) == BPF_MAP_TYPE_PROG_ARRAY)
        printf("contents %s\n", map_name(map));
    if (inner)
        printf("  inner type=%u key=%u value=%u entries=%u flags=0x%x extra=0x%llx\n", inner->attr.map_type,
               inner->attr.key_size, inner->attr.value_size, inner->attr.max_entries, inner->attr.map_flags,
               (unsigned long long)inner->attr.map_extra);
    for (int i = 0; i < event_count; i++) {
        const struct event *event = &events[i];
        if (event->cmd != BPF_MAP_UPDATE_ELEM || event->fd != bpf_map__fd(map) || machine_dependent)
            continue;
        if (bpf_map__is_internal(map)) {
            printf("  ");
            print_bytes(event->data, event->size);
            printf("\n");
        } else {
            int fd = *(int *)event->data;
            const char *program = program_with_fd(object, fd);
            printf("  slot %u %s\n", event->key, program ? program : map_with_fd(object, fd));
        }
    }
}

// The name in the kallsyms file of an address, or NULL.
static const char *symbol_at(unsigned long long address) {
    static char name[256];
    unsigned long long at;
    char type;
    FILE *file = kallsyms_file && address ? fopen(kallsyms_file, "r") : NULL;
    if (!file)
        return NULL;
    bool found = false;
    while (!found && fscanf(file, "%llx %c %255s%*[^\n]", &at, &type, name) == 3)
        found = at == address;
    fclose(file);
    return found ? name : NULL;
}

// Numbers that a kernel hands out (descriptors, BTF ids, addresses) are written as 0, followed by what they stand for.
static void print_instructions(struct bpf_object *object, const struct event *load) {
    const struct bpf_insn *all = load->data;
    int count = load->size / sizeof(*all);
    for (int i = 0; i < count; i++) {
        struct bpf_insn insn = all[i], second = {};
        char note[300] = "";
        bool wide = insn.code == (BPF_LD | BPF_IMM | BPF_DW) && i + 1 < count;
        if (wide)
            second = all[i + 1];
        if (wide && (insn.src_reg == BPF_PSEUDO_MAP_FD || insn.src_reg == BPF_PSEUDO_MAP_VALUE)) {
            snprintf(note, sizeof(note), " map %s", map_with_fd(object, insn.imm));
            insn.imm = 0;
        } else if (wide && insn.src_reg == BPF_PSEUDO_BTF_ID) {
            snprintf(note, sizeof(note), " btf");
            insn.imm = second.imm = 0;
        } else if (wide && insn.src_reg == 0) {
            const char *symbol = symbol_at((unsigned int)insn.imm | (unsigned long long)second.imm << 32);
            if (symbol) {
                snprintf(note, sizeof(note), " ksym %s", symbol);
                insn.imm = second.imm = 0;
            }
        } else if (insn.code == (BPF_JMP | BPF_CALL) && insn.src_reg == BPF_PSEUDO_KFUNC_CALL) {
            snprintf(note, sizeof(note), " kfunc");
            insn.imm = insn.off = 0;
        }
        printf("  ");
        print_bytes((unsigned char *)&insn, sizeof(insn));
        printf("%s\n", note);
        if (wide) {
            printf("  ");
            print_bytes((unsigned char *)&second, sizeof(second));
            printf("\n");
            i++;
        }
    }
}

static void print_program(struct bpf_object *object, struct bpf_program *program) {
    for (int i = 0; i < event_count; i++) {
        const struct event *event = &events[i];
        if (event->cmd != BPF_PROG_LOAD || event->fd != bpf_program__fd(program))
            continue;
        printf("code %s flags=0x%x\n", bpf_program__name(program), event->attr.prog_flags);
        print_instructions(object, event);
    }
}

static void print_definitions(struct bpf_object *object) {
    struct bpf_map *map;
    struct bpf_program *program;
    bpf_object__for_each_map(map, object) print_map_definition(map);
    bpf_object__for_each_program(program, object) {
        printf("program %s section=%s type=%u attach=%u autoload=%d\n", bpf_program__name(program),
               bpf_program__section_name(program), bpf_program__type(program),
               bpf_program__expected_attach_type(program), bpf_program__autoload(program));
        // A section name that says nothing is no reason not to see the instructions.
        if (bpf_program__type(program) == BPF_PROG_TYPE_UNSPEC) {
            bpf_program__set_type(program, BPF_PROG_TYPE_SOCKET_FILTER);
        }
    }
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args) {
    const char *wanted = getenv("LIBBPF_DUMP_DEBUG");
    return level == LIBBPF_WARN || wanted ? vfprintf(stderr, format, args) : 0;
}

int main(int argc, char **argv) {
    LIBBPF_OPTS(bpf_object_open_opts, options);
    int option;
    while ((option = getopt(argc, argv, "t:k:s:")) != -1) {
        switch (option) {
        case 't':
            options.btf_custom_path = optarg;
            break;
        case 'k':
            kconfig_file = optarg;
            break;
        case 's':
            kallsyms_file = optarg;
            break;
        default:
            return 2;
        }
    }
    if (optind + 1 != argc) {
        fprintf(stderr, "usage: libbpf_dump [-t TARGET_BTF] [-k KCONFIG] [-s KALLSYMS] OBJECT.o\n");
        return 2;
    }
    libbpf_set_print(quiet);
    struct bpf_object *object = bpf_object__open_file(argv[optind], &options);
    if (!object) {
        fprintf(stderr, "open: %s\n", strerror(errno));
        return 1;
    }
    print_definitions(object);
    fflush(stdout);
    int error = bpf_object__load(object);
    if (error) {
        fprintf(stderr, "load: %s\n", strerror(-error));
        return 1;
    }
    struct bpf_map *map;
    struct bpf_program *program;
    bpf_object__for_each_map(map, object) print_map_contents(object, map);
    bpf_object__for_each_program(program, object) print_program(object, program);
    return 0;
}

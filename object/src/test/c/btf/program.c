/* Code for .BTF.ext: functions in several sections, lines, and a CO-RE relocation of each kind. */
#define __section(name) __attribute__((section(name), used))
#define __core __attribute__((preserve_access_index))

enum verdict { ABORTED, DROPPED, PASSED = 7 };

typedef struct {
    int counted;
} counter_t;

struct __attribute__((preserve_access_index)) packet {
    unsigned long length;
    struct {
        unsigned source, target[4];
    } address;
    unsigned flags : 5;
    int level : 9;
};

static __attribute__((noinline)) int score(struct packet *packet) {
    return packet->address.target[2] + (int)packet->length;
}

__section("classifier/first") int first(struct packet *packet) {
    if (__builtin_preserve_field_info(packet->flags, 2))
        return __builtin_preserve_field_info(packet->flags, 0) + __builtin_preserve_field_info(packet->flags, 1) +
               __builtin_preserve_field_info(packet->level, 3) + __builtin_preserve_field_info(packet->level, 4) +
               __builtin_preserve_field_info(packet->level, 5);
    return score(packet);
}

__section("classifier/second") long second(void *context) {
    return __builtin_btf_type_id(*(struct packet *)0, 0) + __builtin_btf_type_id(*(struct packet *)0, 1) +
           __builtin_preserve_type_info(*(counter_t *)0, 0) + __builtin_preserve_type_info(*(counter_t *)0, 1) +
           __builtin_preserve_type_info(*(counter_t *)0, 2) +
           __builtin_preserve_enum_value(*(enum verdict *)PASSED, 0) +
           __builtin_preserve_enum_value(*(enum verdict *)PASSED, 1) + score(context);
}

char terms[] __section("license") = "GPL";

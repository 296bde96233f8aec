/*
 * Layouts that BTF records only by offsets and sizes. The enumerators at the end carry what clang computed, so that a test
 * can compare: SIZE__x is sizeof, ALIGN__x is _Alignof, OFFSET__x__y is offsetof of field y.
 */
struct plain {
    char a;
    int b;
    short c;
    long d;
    char e;
};

struct packed {
    char a;
    int b;
    long c;
} __attribute__((packed));

struct packed_holes {
    char a;
    int b __attribute__((aligned(2)));
    long c;
} __attribute__((packed));

struct partly_packed {
    char a;
    int b;
    short c __attribute__((packed));
    long d __attribute__((packed));
};

struct aligned_16 {
    int a;
} __attribute__((aligned(16)));

struct aligned_member {
    char a;
    char b __attribute__((aligned(32)));
    char c;
};

struct bits {
    unsigned a : 1;
    unsigned b : 3;
    unsigned : 4;
    unsigned c : 8;
    int d : 20;
    unsigned long e : 40;
    unsigned short : 0;
    unsigned char f : 2;
    _Bool g : 1;
    long h;
};

struct bits_packed {
    char a;
    unsigned b : 7;
    unsigned long c : 51;
    short d;
} __attribute__((packed));

struct bits_after_hole {
    int a;
    int : 16;
    int b : 4;
    int : 0;
    char c;
    long : 40;
    int d : 9;
};

struct anonymous {
    int tag;
    union {
        struct {
            char first;
            long second;
        };
        unsigned char raw[24];
        struct {
            int inner;
        } named;
    };
    struct {
        short deep;
        union {
            int deeper;
            char deepest[3];
        };
    } tail[2];
};

struct empty {};

struct with_empty {
    int a;
    struct empty nothing;
    struct empty none[3];
    long b;
};

struct flexible {
    int count;
    struct packed entries[];
};

union mixed {
    char a[5];
    int b;
    struct packed c;
};

struct holder {
    struct packed p;
    struct aligned_16 q;
    union mixed m;
    struct plain arrays[2][3];
    void (*call)(struct holder *self, int);
    __int128 vast;
    float f;
    double g;
};

struct only_padding {
    int : 8;
    char a;
    char pad[7];
};

struct trailing {
    long a;
    char b;
} __attribute__((aligned(32)));

#define SIZE(type, tag) SIZE__##tag = sizeof(type tag), ALIGN__##tag = _Alignof(type tag)
#define OFFSET(type, tag, field) OFFSET__##tag##__##field = __builtin_offsetof(type tag, field)

enum expected {
    SIZE(struct, plain),
    SIZE(struct, packed),
    SIZE(struct, packed_holes),
    SIZE(struct, partly_packed),
    SIZE(struct, aligned_16),
    SIZE(struct, aligned_member),
    SIZE(struct, bits),
    SIZE(struct, bits_packed),
    SIZE(struct, bits_after_hole),
    SIZE(struct, anonymous),
    SIZE(struct, empty),
    SIZE(struct, with_empty),
    SIZE(struct, flexible),
    SIZE(union, mixed),
    SIZE(struct, holder),
    SIZE(struct, only_padding),
    SIZE(struct, trailing),
    OFFSET(struct, plain, d),
    OFFSET(struct, packed, c),
    OFFSET(struct, packed_holes, b),
    OFFSET(struct, partly_packed, d),
    OFFSET(struct, aligned_member, c),
    OFFSET(struct, bits, h),
    OFFSET(struct, bits_packed, d),
    OFFSET(struct, bits_after_hole, c),
    OFFSET(struct, anonymous, first),
    OFFSET(struct, anonymous, second),
    OFFSET(struct, anonymous, raw),
    OFFSET(struct, anonymous, named),
    OFFSET(struct, anonymous, tail),
    OFFSET(struct, with_empty, b),
    OFFSET(struct, flexible, entries),
    OFFSET(union, mixed, c),
    OFFSET(struct, holder, q),
    OFFSET(struct, holder, m),
    OFFSET(struct, holder, arrays),
    OFFSET(struct, holder, call),
    OFFSET(struct, holder, f),
    OFFSET(struct, holder, g),
};

struct everything {
    struct holder holder;
    struct partly_packed partly_packed;
    struct packed_holes packed_holes;
    struct aligned_member aligned_member;
    struct bits bits;
    struct bits_packed bits_packed;
    struct bits_after_hole bits_after_hole;
    struct anonymous anonymous;
    struct with_empty with_empty;
    struct only_padding only_padding;
    struct trailing trailing;
    enum expected expected;
    struct flexible flexible;
};

struct everything everything __attribute__((section(".bss"), used));

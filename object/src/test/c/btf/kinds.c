/* Every kind of BTF that clang can produce, each at least once. */
#define __section(name) __attribute__((section(name), used))
#define __decl_tag(text) __attribute__((btf_decl_tag(text)))
#define __type_tag(text) __attribute__((btf_type_tag(text)))

struct elsewhere;
union somewhere;

enum color { RED, GREEN = 5, BLUE = -1 };
enum huge { SMALL = 1, HUGE = 0x123456789abcdef0ULL };
enum lowest { LOWEST = -0x7fffffffffffffffLL - 1 };
enum { UNNAMED_ONE = 1, UNNAMED_TOP = 0xffffffff };
enum tiny { TINY } __attribute__((packed));

typedef unsigned int u32;
typedef int numbers[3];
typedef const volatile u32 observed;
typedef int (*operation)(const char *restrict name, ...);

struct node {
    struct node *next;
    struct elsewhere *away;
    union somewhere *where;
    enum color color;
    enum huge huge;
    enum lowest lowest;
    enum tiny tiny;
    _Bool flag;
    char letter;
    signed char small;
    unsigned char byte;
    short half;
    unsigned long long large;
    __int128 vast;
    float single;
    double twice;
    numbers three;
    observed seen;
    operation run;
    int table[2][3];
    void *anything;
    int tagged __decl_tag("member_tag");
    int __type_tag("user") *user;
    unsigned low : 3;
    int high : 5;
    int flexible[];
} __decl_tag("struct_tag");

union view {
    u32 whole;
    unsigned char bytes[4];
    struct {
        unsigned short low, high;
    };
};

struct node *list __section(".data");
union view views[2] __section(".bss");
static const volatile int limit __section(".rodata") = 100;
static long hidden __section(".data.hidden") = UNNAMED_TOP;
extern const int CONFIG_HZ __attribute__((section(".kconfig"))) __attribute__((weak));
extern int known_function(struct node *node __decl_tag("parameter_tag")) __attribute__((section(".ksyms")));

static __attribute__((noinline)) int add(int a, int b) {
    return a + b * (int)hidden;
}

__attribute__((section("socket"), used)) int program(struct node *node __decl_tag("argument_tag"), const u32 count) {
    views[1].whole = count;
    return add(node->color, limit) + known_function(node) + CONFIG_HZ;
}

char terms[] __attribute__((section("license"), used)) = "GPL";

/* Names that collide, and declarators that are hard to write down. */
struct thing {
    int a;
};
typedef struct {
    int b;
} thing;
typedef struct thing thing_t;

typedef struct point {
    int x, y;
} point;

typedef enum {
    OFF,
    ON
} state;

enum {
    LOOSE = 1
};

struct loose_user {
    enum {
        INNER_A,
        INNER_B = 0x80000000
    } inner;
    struct {
        int x;
        struct {
            int y;
        } z;
    } nested[3];
    union {
        int i;
        float f;
    } *pointed;
};

typedef int (*callback)(void *, int);
typedef int function(const char *, ...);
typedef callback (*maker)(function *, callback);
typedef void (*(*deep)(int (*)(void)))(long);
typedef int grid[4][5];
typedef grid *grid_pointer;
typedef const char *const strings[3];
typedef char *restrict volatile shy;
typedef int (*table[2])(int[3], grid);
typedef void (*with_struct)(struct only_here *);
typedef struct {
    struct thing *t;
    thing other;
} pair[2];

struct ring {
    struct ring *next;
    struct chain *chain;
    struct ring *(*step)(struct ring *, struct chain);
};
struct chain {
    struct ring ring;
    struct link {
        struct chain *owner;
    } link;
    const struct link *links[2];
};

struct later;
typedef struct later later_t;
struct earlier {
    later_t *l;
    struct unknown *u;
    const volatile void *p;
    enum { LOOSE_IN } e : 4;
    unsigned long long b : 33;
};
struct later {
    struct earlier e;
    state s;
};

struct everything {
    struct thing a;
    thing b;
    thing_t c;
    point d;
    state e;
    struct loose_user f;
    callback g;
    maker h;
    deep i;
    grid j;
    grid_pointer k;
    strings l;
    shy m;
    table n;
    with_struct o;
    pair p;
    struct chain q;
    later_t r;
    function *s;
    int (*(*u)[3])[4];
    void (*v[2][3])(void);
    const int w;
    int *const *volatile x;
    __builtin_va_list y;
    int (*z)(int (*)(int (*)(void)));
};

struct everything *everything __attribute__((section(".data"), used));
long loose __attribute__((section(".data"), used)) = LOOSE;

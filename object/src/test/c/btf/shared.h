struct owner;
struct opaque;

typedef unsigned int u32;

struct item {
    u32 key;
    struct item *next;
    struct owner *owner;
    struct opaque *opaque;
    int (*compare)(const struct item *, const struct item *);
};

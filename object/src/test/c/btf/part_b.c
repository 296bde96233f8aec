/* The other compilation unit: knows what is opaque, but not what an owner is. */
#include "shared.h"

struct opaque {
    struct item inside;
    struct {
        int a, b;
    } pairs[2];
};

struct same_name {
    long different;
};

enum mode;

struct opaque *first_opaque __attribute__((section(".data"), used));
struct same_name *conflict __attribute__((section(".bss"), used));
enum mode *mode __attribute__((section(".bss"), used));

__attribute__((section("socket"), used)) int use(struct item *item) {
    return item->key;
}

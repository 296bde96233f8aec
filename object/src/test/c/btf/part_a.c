/* One of two compilation units with types in common: knows what an owner is, but not what is opaque. */
#include "shared.h"

struct owner {
    struct item *items;
    const char *name;
};

struct same_name {
    int different;
};

enum mode { MODE_A, MODE_B };

struct item *first_item __attribute__((section(".data"), used));
struct owner *first_owner __attribute__((section(".data"), used));
struct same_name *conflict __attribute__((section(".data"), used));
enum mode mode __attribute__((section(".data"), used)) = MODE_B;

__attribute__((section("socket"), used)) int use(struct item *item) {
    return item->key;
}

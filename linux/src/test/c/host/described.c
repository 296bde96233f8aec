/* What debugging information can say of C. */
enum color { RED, GREEN = 5 };
struct point { int x; short y; char name[8]; };
union both { int number; float fraction; };
struct shape {
    struct point *first;
    struct point inner;
    enum color color;
    unsigned low : 3, high : 5;
    union both both;
    struct shape *next;
    int grid[4][2];
    const char *label;
    struct { int nameless; };
};
typedef struct { long value; } only_typedef;
volatile int sink;
__attribute__((noinline)) int add(int a, long b, char c) { sink = a; return a + (int) b + c; }
__attribute__((noinline)) void draw(struct shape *shape, const char *text, enum color color, _Bool flag, double size) {
    sink = shape->color + text[0] + color + flag + (int) size;
}
__attribute__((noinline)) long unnamed(only_typedef *it, unsigned char small) { sink = small; return it->value; }
__attribute__((noinline)) void nothing(void) { sink = 1; }
int main(void) {
    struct shape shape = {.color = GREEN, .low = 5, .high = 17};
    only_typedef it = {4};
    draw(&shape, "x", GREEN, 1, 2.5);
    nothing();
    return add(1, 2, 'c') == unnamed(&it, 3);
}

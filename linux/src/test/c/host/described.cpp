// What debugging information can say of C++.
namespace shop {
struct Base { int id; };
class Cart : public Base {
public:
    long total;
    static int made;
    int add(int count);
};
int Cart::made = 1;
__attribute__((noinline)) int Cart::add(int count) { total += count; return id; }
}
int main() {
    shop::Cart cart = shop::Cart();
    return cart.add(2);
}

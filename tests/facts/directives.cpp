using namespace std;
using namespace drogon;

void used(mutex& m, HttpClient* client, Known known) {
  //- function used(m: std::mutex, client: drogon::HttpClient, known: drogon::Known) name=::used
  m.lock();
  //- call m.lock() name=std::mutex::lock
}

namespace own {
void within(Mine mine, thread worker) {}
//- function within(mine: drogon::Mine, worker: std::thread) name=own::within
}

namespace literals_alone {
using namespace std::chrono_literals;
using shop::Order;
using Orders = std::vector<Order>;
typedef std::map<int, Orders> Book;
void f(Orders orders, Book book, Order order, size_t n) {}
//- function f(orders: std::vector, book: std::map, order: shop::Order, n: size_t)
}

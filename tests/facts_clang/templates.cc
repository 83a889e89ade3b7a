// Templates are read once, as one of their instantiations has them.
#include <mutex>
#include <thread>
#include <vector>

struct A {
  void load();
  void wait();
};

template <typename T>
struct Service {
  std::vector<T> all;
  template <typename F>
  void each(F&& use) {
    //- function each(use) id=1 name=Service::each
    for (auto& one : all) use(one);
    //- call use.operator()(one)
    //! call own
    all[0].load();
    //- call this.all[0].load() name=A::load own receiver=A likely
    std::thread([this] { all.clear(); }).join();
    //- call std::thread(lambda#2).join() name=std::thread::join
  }
};

template <typename T>
void never(T x) {
  //- function never(x)
  x.wait();
  //- call x.wait() fate=dropped
  //! call name=::wait
  std::vector<T> list;
  list.push_back(x);
  //- call list.push_back(x) name=std::vector::push_back receiver=std::vector likely
}

void use(Service<A>& service) {
  service.each([](A& a) { a.wait(); });
  //- call service.each(lambda#5) name=Service::each own receiver=Service hands=<lambda>::operator()
}

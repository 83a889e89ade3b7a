#include <thread>

namespace fs = std::filesystem;

namespace shop {

using std::mutex;
using asio::co_spawn;
namespace detail {
struct Row {};
}

namespace {
int helper(int x) { return x; }
//- function helper(x: int) name=shop::helper returns=int
}

class Store : public Base {
 public:
  virtual int load(const std::string& key, int n = 3);
  static std::shared_ptr<Store> instance();
  void wait();
  mutex lock_;
  //- declared lock_ instance type=std::mutex
  int limit_ GUARDED_BY(lock_);
  //- declared limit_ instance type=int guarded
  std::unordered_map<std::string, std::shared_ptr<Conn>> conns_;
  std::function<void(int)> hook_;
};
//! declared helper

// `void Store::load` is a member of the class above.
int Store::load(const std::string& key, int n) {
  //- function load(key: std::string, n: int) owner=1 name=shop::Store::load returns=int virtual
  //- declared key parameter type=std::string function=2
  sleep(1);
  //- call sleep(1) name=::sleep receiver=shop::Store likely
  ::open(key, 1);
  //- call ::open(key, 1) name=::open likely
  helper(n);
  //- call helper(n) name=shop::helper own likely gives=int
  fs::exists(key);
  //- call fs::exists(key) name=std::filesystem::exists likely
  co_spawn(ex_, run(), detached);
  //- call co_spawn(this.ex_, run(), detached) name=asio::co_spawn
  std::this_thread::sleep_for(1s);
  //- call std::this_thread::sleep_for(1) name=std::this_thread::sleep_for likely

  lock_.lock();
  //- call this.lock_.lock() name=std::mutex::lock receiver=std::mutex likely
  wait();
  //- call this.wait() name=shop::Store::wait receiver=shop::Store
  this->wait();
  //- call this.wait() name=shop::Store::wait receiver=shop::Store
  auto conn = conns_.at(key);
  //- call this.conns_.at(key) name=std::unordered_map::at likely gives=shop::Conn
  conn->query("x");
  //- call conn.query("x") name=shop::Conn::query receiver=shop::Conn
  conns_[key]->query("y");
  //- call this.conns_[key].query("y") name=shop::Conn::query
  for (auto& [name, one] : conns_) one->ping();
  //- call one.ping() name=shop::Conn::ping
  Store::instance()->load("a");
  //- call Store::instance().load("a") name=shop::Store::load own dispatched
  hook_(3);
  //- call this.hook_.operator()(3) name=std::function::operator() receiver=std::function
  unknown.wait();
  //- call unknown.wait() name=?::wait likely
  //! call name=::wait
  detail::Row row;
  //- declared row local type=shop::detail::Row
  return limit_;
}

void use() {
  std::thread t;
  t.join();
  //- call t.join() name=std::thread::join receiver=std::thread
  auto made = std::make_unique<Store>();
  made->wait();
  //- call made.wait() name=shop::Store::wait receiver=shop::Store
  made.reset();
  //- call made.reset() receiver=shop::Store
  std::unique_ptr<Store> own;
  own.reset();
  //- call own.reset() name=std::unique_ptr::reset
  own->wait();
  //- call own.wait() name=shop::Store::wait
  auto fresh = std::thread(use);
  fresh.join();
  //- call fresh.join() name=std::thread::join
  std::thread(use).detach();
  //- call std::thread(use).detach() name=std::thread::detach
  //- call std::thread(use) name=std::thread hands=shop::use
  HttpRequestPtr request;
  request->path();
  //- call request.path() name=shop::HttpRequest::path
  static_cast<Store*>(p)->wait();
  //- call p.wait() name=shop::Store::wait
  undeclared(1);
  //- call undeclared(1) name=::undeclared
  //! call undeclared(1) receiver=
  Other::make(1);
  //- call Other::make(1) name=shop::Other::make
  Json::Value value;
  //- declared value local type=Json::Value
}

}  // namespace shop

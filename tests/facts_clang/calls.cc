// Calls, names and types.
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>

namespace shop {

struct Store {
  virtual ~Store() = default;
  virtual std::string load(const std::string& key);
  static int count();
  void run();
};

struct Disk final : Store {
  std::string load(const std::string& key) override;
  //! function load
};

std::string Disk::load(const std::string&) { return ""; }
//- function load(: std::basic_string) name=shop::Disk::load returns=std::basic_string virtual overrides=[shop::Store::load]

void calls(std::shared_ptr<Store> store, Disk& disk, int fd) {
  ::usleep(5);
  //- call ::usleep(5) fate=dropped name=::usleep
  auto text = store->load("a");
  //- call store.load("a") fate=local into=text name=shop::Store::load own receiver=shop::Store dispatched gives=std::basic_string
  //- write text assign value=store.load("a") own type=std::basic_string
  disk.load("b");
  //- call disk.load("b") name=shop::Disk::load own receiver=shop::Disk gives=std::basic_string
  //! call dispatched
  Store::count();
  //- call Store::count() name=shop::Store::count own
  std::ifstream in("x");
  //- call std::ifstream("x") fate=local into=in name=std::basic_ifstream
  //- region std::ifstream("x") target=in
  new Disk();
  //- call Disk() fate=dropped name=shop::Disk own
  char buffer[10];
  (void)::read(fd, buffer, sizeof buffer);
  //- call ::read(fd, buffer, 10) fate=dropped name=::read changes=buffer
  using namespace std::chrono_literals;
  std::this_thread::sleep_for(5s);
  //- call std::this_thread::sleep_for(5) name=std::this_thread::sleep_for
  std::jthread worker([] {});
  //- call std::jthread(lambda#3) into=worker name=std::jthread hands=<lambda>::operator()
  (store ? store : store)->run();
  //- call (store else store).run() name=shop::Store::run own
}
//- unwind worker name=std::jthread::~jthread type=std::jthread
//- unwind in name=std::basic_ifstream::~basic_ifstream

}  // namespace shop

// How objects are made, written and end.

struct Base {
  virtual void run();
};

struct Guard : Base {
  explicit Guard(Mutex& m, int n = 2) : m_(m), name_("a", 1), Base(n) { m.lock(); }
  //- function Guard(m: Mutex, n: int=2) owner=1 name=Guard::Guard attributes=[constructor]
  //- write this.m_ assign value=m
  //- call string("a", 1) fate=kept into=this.name_ name=std::string
  //- call Base(n) name=Base
  ~Guard() { m_.unlock(); }
  //- function ~Guard() name=Guard::~Guard attributes=[destructor]
  void run() override { step(); }
  //- function run() virtual overrides=[Base::run]
  //- call this.step() name=Guard::step receiver=Guard
  void step() {}
  //- function step() trivial
  Mutex& m_;
  std::string name_;
  static std::map<int, int> all;
  //- declared all class type=std::map
};

static std::vector<int> cache = load();
//- write cache assign value=load()
//- call load() fate=kept into=cache
//- declared cache process type=std::vector
const int kLimit = 3;
//- declared kLimit process type=int constant
std::vector<int> load();
//! write load

void make(int* out) {
  Guard guard(lock_);
  //- region Guard(lock_) target=guard
  //- call Guard(lock_) fate=local into=guard name=Guard own
  //- write guard assign value=Guard(lock_) type=Guard
  std::lock_guard<std::mutex> two(first(), second_);
  //- call lock_guard(first(), second_) name=std::lock_guard
  //- call first() fate=passed name=::first
  std::unique_lock held{mutex_};
  //- region unique_lock(mutex_) target=held
  std::ifstream in(path);
  //- call ifstream(path) name=std::ifstream
  int plain(3), braced{4}, *pointer = out;
  //- write plain assign value=3
  //- write braced assign value=4
  //- write pointer assign value=out
  char buffer[16];
  //- write buffer declare
  static int calls = 0;
  //- declared calls process type=int
  auto* fresh = new Guard(lock_, 1);
  //- call Guard(lock_, 1) fate=local into=fresh name=Guard own
  delete fresh;
  //- write fresh delete
  //- unwind Guard name=Guard::~Guard own
  *out = 1;
  //- write out[0] assign value=1
  calls += 2;
  //- write calls update op=+ value=2
  ++calls;
  //- write calls update op=+ value=1
  cache[3] = braced;
  //- write cache[3] assign value=braced
  int a = b = 3;
  //- write b assign value=3
  //- write a assign value=(b := 3)
  auto [k, v] = pair();
  //- write k assign element=0
  //- write v assign element=1
  std::vector<int> list = {1, f()};
  //- call vector(1, f()) fate=local into=list name=std::vector
  (void)f();
  //- call f() fate=dropped
  extern int elsewhere(int);
  //! write elsewhere
  std::future<int> gone = start();
  take(std::move(gone));
}
//- unwind guard name=Guard::~Guard own type=Guard
//- unwind held name=std::unique_lock::~unique_lock
//! unwind gone
//! unwind plain

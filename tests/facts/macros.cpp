// What the preprocessor would do away with, and what it would not.
class API_EXPORT Store : public Base {
  //- class Store ancestors=[Base]
  Q_OBJECT
 public:
  METHOD_LIST_BEGIN
  ADD_METHOD_TO(Store::login, "/token?a={1}", Post);
  METHOD_LIST_END
  void put(int) REQUIRES(mutex_);
  void get() NOTHROW { f(); }
  //- function get() owner=0
  //- call f()
};

SERVER_NAMESPACE_BEGIN
namespace n {

API_DECL std::string name() { return g(); }
//- function name() returns=std::string

API void check() {
  CHECK(k())
  //- call CHECK(k())
  l();
  //- call l()
}

#if 0
void never() { dead(); }
//! function never()
#else
void ever() { alive(); }
//- function ever()
#endif

#ifdef A
void two(int x) {
//- function two(x: int)
#else
void two() {
//! function two()
#endif
  body();
  //- call body()
}

void halves() {
#ifdef A
  if (a()) {
#else
  if (b()) {
#endif
    in();
    //- call in() block=1
  }
  FOREACH(int i, list) { each(i); }
  //- call each(i)
  if (p) DEBUG_BREAK;
  int unread = 1 MACRO_TAIL;
  after();
  //- call after()
}

TEST(Suite, Case) { t(); }
//- function TEST(: n::Suite, : n::Case)
TEST_F(Other, Case)
{
  u();
  //- call u()
}

void broken( {
  lost();
}

void found() { ok(); }
//- function found()
//- call ok()
}
SERVER_NAMESPACE_END
//! note

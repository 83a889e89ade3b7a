// What is left where a header is missing.
#include "nobody/has/this.h"

#include <unistd.h>

int wait_a_little() { return ::usleep(5); }
//- function wait_a_little() name=::wait_a_little returns=int
//! function lost
//- call ::usleep(5) fate=returned

void unknown_call(int x) {
  //- function unknown_call(x: int) lost
  nobody::call(x);
  ::sleep(1);
  //- call ::sleep(1)
}

nobody::Task<int> coroutine() {
  //- function coroutine() lost
  co_await nobody::read();
  ::sleep(2);
  //- call ::sleep(2)
}

void gap() {
  //- function gap() lost
  for (auto x : nobody::all()) ::sleep(3);
}

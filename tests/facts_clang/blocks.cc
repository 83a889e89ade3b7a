// Branches, loops, handlers and scopes.
#include <cstdlib>
#include <mutex>
#include <stdexcept>

void a();
void b();
void c();

int branches(int x, std::mutex& m) {
  if (x > 1) {
    //- arm x > 1 when=true group=1 arm=0 exits
    return 1;
    //- return 1 block=1
  } else if (x > 0) {
    //- arm x > 1 when=false group=1 arm=1
    //- arm x > 0 when=true group=2 arm=0 exits
    std::abort();
    //- call std::abort() name=::abort
  }
  a();
  //- arm x > 1 when=false group=1 arm=1
  //- arm x > 0 when=false group=2 arm=1
  std::lock_guard<std::mutex> guard(m);
  //- region std::lock_guard(m) target=guard
  switch (x) {
    case 1:
      a();
      break;
    case 2:
      //- arm x == 2 when=true id=8 parent=6 group=3 arm=1
      b();
      [[fallthrough]];
    default:
      //- arm id=9 parent=6 group=3 arm=1
      c();
  }
  return x && x > 3 ? 1 : 2;
  //- arm x when=true
  //- arm (x and x > 3) when=true
  //- arm (x and x > 3) when=false
  //- return (1 else 2)
}

void loops(int n) {
  for (int i = 0; i < n; ++i) a();
  //- loop for i < n
  //- write i update op=+ value=1 block=1
  //- call a() fate=dropped block=1
  while (n) {
    //- loop while n
    if (n == 2) break;
    //- break block=3
    continue;
    //- continue block=4
  }
  do b();
  while (0);
  //! loop while
  try {
    throw std::runtime_error("x");
    //- raise std::runtime_error("x")
  } catch (const std::runtime_error& error) {
    //- handler runtime_error target=error
    //- write error catch
    c();
  } catch (...) {
    //- handler id=7 group=4 arm=2
  }
  for (;;) {
    //- loop for exits
    return;
  }
}

int branch(int x) {
  if (!x) return 0;
  //- arm not x when=true group=1 arm=0 exits
  //- return 0
  rest();
  //- arm not x when=false group=1 arm=1
  if (auto* it = find(x); it != end()) {
    //- write it assign value=find(x)
    //- arm it != end() when=true
    a();
  } else if (x == 2) {
    //- arm it != end() when=false
    //- arm x == 2 when=true
    b();
  } else {
    c();
  }
  int y = x ? one() : two();
  //- call one() fate=local into=y block=7
  //- call two() fate=local into=y block=8
  if (p && q()) r();
  //- arm p when=true
  //- arm (p and q()) when=true
  return x || done() ? 1 : 2;
}
//! note

void loops(std::vector<int>& items) {
  for (const auto& item : items) use(item);
  //- loop for items target=item
  //- write item iterate value=items
  for (size_t i = 0; i < items.size(); ++i) use(i);
  //- loop for i < items.size()
  //- write i update op=+ value=1
  while (true) {
    //- loop while true
    if (stop()) break;
    //- break
    if (skip()) continue;
    //- continue
  }
  do {
    again();
  } while (more());
}

void cases(int x) {
  switch (x) {
    case 1:
      //- arm id=1 group=1 arm=1 exits
      a();
      break;
    case 2:
      //- arm id=2 group=1 arm=2
    case 3:
      //- arm id=3 group=1 arm=2 exits
      b();
      return;
    default:
      //- arm id=4 group=1 arm=3
      c();
  }
  after();
  //- call after() fate=dropped
  //! call after() block=
}

void attempt() {
  try {
    //- try id=1 group=1
    a();
  } catch (const std::runtime_error& e) {
    //- handler std::runtime_error target=e group=1 arm=1 exits
    //- write e catch value=std::runtime_error
    throw;
    //- raise block=2
  } catch (...) {
    //- handler id=3 group=1 arm=2
    log();
  }
  int x = ok ? 1 : throw Error("no");
  //- raise Error("no")
  throw Error("end");
  //- raise Error("end")
}

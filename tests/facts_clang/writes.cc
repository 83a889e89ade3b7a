// Writes, containers, and what may be changed by whom it is handed to.
#include <map>
#include <string>
#include <utility>
#include <vector>

int total = 3;
//- write total assign value=3 name=::total own type=int
static std::vector<int> seen;
//- call std::vector() fate=kept into=seen name=std::vector
extern int elsewhere;
//! write elsewhere

struct Counter {
  Counter(int start) : count_(start), table_{} {}
  //- write this.count_ assign value=start name=Counter::count_ own type=int
  //- write this.name_ assign value="none" name=Counter::name_ own
  void add(const std::string& key, std::vector<int>& into) {
    count_ += 2;
    //- write this.count_ update op=+ value=2
    ++count_;
    //- write this.count_ update op=+ value=1
    table_[key] = 1;
    //- write this.table_[key] assign value=1 name=std::map::operator[] receiver=std::map
    table_.insert({key, 2});
    //- call this.table_.insert(value_type(key, 2)) name=std::map::insert receiver=std::map
    std::swap(into, seen);
    //- call std::swap(into, seen) changes=into changes=seen
    table_.at(key) = 4;
    //- write this.table_[key] assign value=4
    int* p = &total;
    *p = 5;
    //- write p[] assign value=5
    for (auto& [k, v] : table_) v = 0;
    //- loop for this.table_ target=k
    //- write v iterate value=this.table_ element=1
    //- write v assign value=0
    static int calls = 0;
    //- write calls assign value=0 own type=int
    int unset;
    //- write unset declare own type=int
    auto [a, b] = std::pair(1, 2);
    //- write b assign value=std::pair(1, 2) element=1
    delete p;
    //- write p delete
  }
  int count_;
  //- declared count_ instance type=int
  std::map<std::string, int> table_;
  //- declared table_ instance type=std::map
  std::string name_ = "none";
  static thread_local int last;
  //- declared last class type=int per-thread
};

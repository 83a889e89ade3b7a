// Coroutines, what they await, and lambdas.
#include <coroutine>
#include <functional>
#include <utility>

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    std::suspend_always yield_value(int);
    void return_value(int);
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};

Task fetch(int n);
void later(std::function<void()> work);

Task run(Task given) {
  //- function run(given: Task) id=1 async name=::run returns=Task
  int got = co_await fetch(1);
  //- call fetch(1) fate=local into=got awaited name=::fetch own gives=Task
  co_await std::move(given);
  //- await given fate=dropped awaited own type=Task
  Task kept = fetch(2);
  //- call fetch(2) fate=local into=kept
  //! call awaited
  fetch(3);
  //- call fetch(3) fate=dropped
  co_return got;
  //- return got
}

Task numbers() {
  //- function numbers() generator
  co_yield 1;
  //- yield 1
  co_return 0;
}

struct Session {
  void start() {
    later([this, n = fetch(1)] { stop(); });
    //- call later(lambda#4) name=::later own hands=<lambda>::operator()
    //- call fetch(1) fate=local into=n
  }
  void stop();
  void bound() {
    later(std::bind(&Session::stop, this));
    //- call later(std::bind(&Session::stop, this)) hands=Session::stop
    auto job = [this] { stop(); };
    //- lambda <lambda>() parent=5
    //- call this.stop() name=Session::stop own receiver=Session
    later(job);
    //- call later(job) hands=<lambda>::operator()
    job();
    //- call job.operator()() name=<lambda>::operator() own
  }
};

struct Server {
  void start() {
    auto self = shared_from_this();
    post(io_, [this, self, n = count()](int code) mutable -> bool { return finish(code, n); });
    //- call post(this.io_, lambda#2) hands=<lambda>::operator()
    //- call count() fate=local into=n
    //- lambda <lambda>(code: int) id=2 parent=1 returns=bool
    //- call this.finish(code, n) name=Server::finish own
    auto done = [&] { self->stop(); };
    done();
    //- call done.operator()() name=<lambda>::operator() own
    queue(done);
    //- call queue(done) hands=<lambda>::operator()
    bind_executor(strand_, [] { inside(); });
    //- call bind_executor(this.strand_, lambda#4) hands=<lambda>::operator()
    run(std::bind(&Server::finish, this, 1));
    //- call run(std::bind(&Server::finish, this, 1)) hands=Server::finish
    run(&Elsewhere::handle);
    //- call run(&Elsewhere::handle) hands=Elsewhere::handle
    run(helper);
    //- call run(helper) hands=::helper
    run([&] { run([] { deep(); }); });
    //- lambda <lambda>() id=5 parent=1
    //- lambda <lambda>() id=6 parent=5
    [] { now(); }();
    //- call lambda#7.operator()() name=<lambda>::operator() own
  }
  bool finish(int code, int n) { return code < n; }
  std::function<void()> field = [] { never_run(); };
  //- lambda <lambda>() parent=0
};

void helper() {}

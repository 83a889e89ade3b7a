// needs: postgresql/libpq-fe.h asio.hpp
#include <postgresql/libpq-fe.h>

#include <asio.hpp>
#include <string>

asio::awaitable<std::string> total() {
  PGconn* db = PQconnectdb("dbname=shop");                       // finding: async-blocking-call
  PGresult* rows = PQexec(db, "select sum(price) from orders");  // finding: async-blocking-call
  std::string found = PQgetvalue(rows, 0, 0);
  PQclear(rows);
  PQfinish(db);
  co_return found;
}

asio::awaitable<int> poll(PGconn* db) {
  if (PQisBusy(db) != 0) co_return 0;
  PGresult* rows = PQgetResult(db);  // it is there already
  const int found = PQntuples(rows);
  PQclear(rows);
  co_return found;
}

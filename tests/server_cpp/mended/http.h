#pragma once
// As much of HTTP as the service speaks: requests with a query and a small body, answers with a known length.

#include <map>
#include <string>

namespace shelf {

struct Request {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;
  std::string body;

  std::string value(const std::string& name, const std::string& otherwise = "") const;
  int number(const std::string& name, int otherwise) const;
};

struct Response {
  int status = 200;
  std::string body;
  std::string type = "application/json";
};

// The head of a request, up to and with the empty line.
Request parse_head(const std::string& head);
std::size_t body_length(const Request& request);
std::string to_text(const Response& response);
std::string quoted(const std::string& text);

}  // namespace shelf

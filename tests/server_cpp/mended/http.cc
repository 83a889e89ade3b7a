#include "http.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>

namespace shelf {
namespace {

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      out += ' ';
    } else if (text[at] == '%' && at + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

void parse_query(const std::string& text, std::map<std::string, std::string>& query) {
  std::istringstream pairs(text);
  std::string pair;
  while (std::getline(pairs, pair, '&')) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) continue;
    query[decoded(pair.substr(0, equals))] = decoded(pair.substr(equals + 1));
  }
}

const char* reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 404:
      return "Not Found";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

std::string Request::value(const std::string& name, const std::string& otherwise) const {
  const auto found = query.find(name);
  return found == query.end() ? otherwise : found->second;
}

int Request::number(const std::string& name, int otherwise) const {
  const std::string text = value(name);
  return text.empty() ? otherwise : std::stoi(text);
}

Request parse_head(const std::string& head) {
  std::istringstream lines(head);
  Request request;
  std::string target, version, line;
  lines >> request.method >> target >> version;
  if (version.rfind("HTTP/1.", 0) != 0) throw std::invalid_argument("not a request");
  std::getline(lines, line);
  while (std::getline(lines, line) && line != "\r") {
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto from = line.find_first_not_of(' ', colon + 1);
    const auto to = line.find_last_not_of('\r');
    if (from != std::string::npos && to >= from) request.headers[name] = line.substr(from, to - from + 1);
  }
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) parse_query(target.substr(mark + 1), request.query);
  return request;
}

std::size_t body_length(const Request& request) {
  const auto found = request.headers.find("content-length");
  return found == request.headers.end() ? 0 : std::stoul(found->second);
}

std::string to_text(const Response& response) {
  std::ostringstream out;
  out << "HTTP/1.1 " << response.status << ' ' << reason(response.status) << "\r\n"
      << "Content-Type: " << response.type << "\r\n"
      << "Content-Length: " << response.body.size() << "\r\n\r\n"
      << response.body;
  return out.str();
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

}  // namespace shelf

#pragma once
// What the C++ examples of the rules see in place of headers: they include nothing, and this file is included before
// their first line. It declares only what some example or model speaks of; names, namespaces and the class that
// declares a member are those of the real headers, since the models are written for these. Templates have empty bodies,
// as Clang refuses to use one with a lambda that it sees defined nowhere.
#pragma GCC system_header

#include "std.h"
// The standard library comes first.
#include "posix.h"
#include "threads.h"
// Then all others.
#include "asio.h"
#include "clients.h"
#include "drogon.h"
#include "seastar.h"
#include "servers.h"
#include "userver.h"

#pragma once
// What the C++ examples of the rules see in place of headers: they include nothing, and this file is included before
// their first line. Declarations only, and only those that some example or model speaks of; names, namespaces and the
// class that declares a member are those of the real headers, since the models are written for these.

// A system header may use templates that are declared only with types of no linkage, such as lambdas.
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

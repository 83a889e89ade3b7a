#pragma once
// One translation unit after the other, from a job to frames.

#include "checker/exchange/exchange.h"

#include <functional>
#include <string_view>

namespace stallint::cxx {

// `send` takes frames as they are made. Whatever a unit holds, there is a Begin and, unless the process dies, a Done.
void run_job(const exchange::Job& job, const std::function<void(std::string_view)>& send);

}  // namespace stallint::cxx

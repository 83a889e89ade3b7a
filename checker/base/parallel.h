#pragma once
// The same work on many things, spread over threads.
//
//     std::vector<Facts> facts(files.size());
//     parallel_for(jobs, files.size(), largest_first(sizes), [&](size_t index, unsigned) {
//       facts[index] = read(files[index]);
//     });
//
// Each call writes to a place of its own (by index), so the result does not depend on the number of threads. `worker`
// counts from 0 to jobs - 1, for scratch space that is not shared.
//
// A body may begin a loop of its own: threads that find nothing left of the outer loop help with it, and none is added.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stallint {

// One per processor that this process may use.
unsigned default_jobs();

// Calls body(index, worker) once for each index below `count`, in the order given (empty: from 0 upwards), on at most
// `jobs` threads; returns when all are done. With one job, or one index, everything runs on the calling thread. `order`
// is a permutation of the indices.
void parallel_for(unsigned jobs, size_t count, std::span<const uint32_t> order,
                  const std::function<void(size_t index, unsigned worker)>& body);

// The indices of `sizes`, largest size first; equal sizes keep their order. Large files begun last would leave the
// other workers idle at the end.
std::vector<uint32_t> largest_first(std::span<const uint64_t> sizes);

}  // namespace stallint

#!/usr/bin/env python3
"""How long stallint takes, beside a parser and two other linters over the same files, in one interleaved run.

    bench.py --build build [--rounds 5] [--jobs N] [--include-tests] [--growth 1,2,4] PATH...

What stallint would read below the paths is copied into a folder of its own, so that everybody reads the same files and
one of them can be edited. Each round runs every contender once; the table has the medians. It is printed, and put
between the marks of docs/performance.md.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "performance.md"
MARKS = ("<!-- bench: begin -->", "<!-- bench: end -->")

# What tells stallint how a project is laid out, beside its sources.
PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "manage.py", "requirements.txt", "Pipfile", "uv.lock",
                 "poetry.lock", "Dockerfile")

signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def fail(text):
    sys.exit(f"bench: {text}")


def output_of(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Run:
    """One run of a command: wall time, peak memory, what it said on standard error."""

    def __init__(self, command, good):
        with tempfile.TemporaryFile() as errors:
            begun = time.perf_counter()
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - begun
            child.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            self.said = errors.read().decode(errors="replace")
        if child.returncode not in good:
            fail(f"{command[0]} exits with {child.returncode}: {self.said[:2000]}")
        self.megabytes = usage.ru_maxrss * 1024 / 1e6  # of the largest process

    def phases(self):
        """What --timings says of each phase, and of the parts of one, in seconds. Parts are summed over all threads."""
        found = {}
        for line in self.said.splitlines():
            seconds, share, name = line[:9].strip(), line[12:17].strip(), line[19:]
            if (share or name.startswith("  ")) and re.fullmatch(r"[\d.]+", seconds):
                found[name.split(":")[0].replace("  ", "of it, summed over threads: ", 1)] = float(seconds)
        return found


class Contender:
    def __init__(self, name, command, before=None, good=(0, 1)):
        self.name, self.command, self.before, self.good, self.runs = name, command, before, good, []

    def run(self):
        if self.before:
            self.before()
        self.runs.append(Run(self.command, self.good))

    def seconds(self):
        return statistics.median(run.seconds for run in self.runs)

    def megabytes(self):
        return statistics.median(run.megabytes for run in self.runs)


class Corpus:
    """A copy of what stallint reads below some paths."""

    def __init__(self, folder, parse, paths, include_tests):
        self.folder, self.parse = folder, parse
        self.flags = ["--include-tests"] if include_tests else []
        for path in paths:
            self.copy(Path(path).resolve())
        self.files = self.list()
        self.bytes = sum(os.path.getsize(file) for file in self.files)

    def list(self):
        return output_of([self.parse, "list", *self.flags, str(self.folder)]).splitlines()

    def copy(self, path):
        to = self.folder / path.name
        if to.exists():
            fail(f"two paths are called {path.name}")
        for file in output_of([self.parse, "list", *self.flags, str(path)]).splitlines():
            target = to / Path(file).resolve().relative_to(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        for folder, folders, names in os.walk(path):
            target = to / Path(folder).relative_to(path)
            if ".git" in folders and target.is_dir():
                (target / ".git").mkdir()
            folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
            for name in set(names).intersection(PROJECT_FILES):
                if target.is_dir() and not (target / name).exists():
                    shutil.copyfile(Path(folder) / name, target / name)

    def many(self, folder, copies):
        """The same so many times, each with top-level packages of its own."""
        packages = {Path(file).relative_to(self.folder).parts[-2] for file in self.files
                    if Path(file).name == "__init__.py" and not (Path(file).parent.parent / "__init__.py").exists()}
        words = re.compile(rb"\b(" + "|".join(sorted(map(re.escape, packages))).encode() + rb")\b") if packages else None
        for number in range(copies):
            suffix = f"_{number}"
            for path in self.folder.rglob("*"):
                if not path.is_file():
                    continue
                parts = [part + suffix if part in packages else part for part in path.relative_to(self.folder).parts]
                target = folder / f"copy{suffix}" / Path(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_bytes()
                if words and number > 0:
                    text = words.sub(lambda match: match.group() + suffix.encode(), text)
                target.write_bytes(text)


def machine(jobs):
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    busy = os.getloadavg()[0]
    return (f"{model.group(1) if model else platform.machine()}, {jobs} threads, Linux {platform.release().split('-')[0]}, "
            f"load before the first round {busy:.1f}")


def ast_grep():
    found = sorted((HERE / "node_modules" / "@ast-grep").glob("cli-*/ast-grep"))
    return str(found[0]) if found else fail("ast-grep is not installed: `./dev bench` does it")


def version_of(package):
    text = (HERE / "node_modules" / package / "package.json").read_text()
    return re.search(r'"version": "(.+?)"', text).group(1)


def contenders(stallint, parse, corpus, jobs, scratch):
    listing = scratch / "list"
    listing.write_text("".join(file + "\n" for file in corpus.files))
    cache, fresh = str(scratch / "cache"), scratch / "fresh"
    check = [stallint, "check", str(corpus.folder), "--timings", *corpus.flags]
    edited = Path(max(corpus.files, key=os.path.getsize))
    if len(corpus.files) > 4:  # one of middling size
        edited = Path(sorted(corpus.files, key=os.path.getsize)[len(corpus.files) * 3 // 4])

    def edit():
        with edited.open("a") as file:
            file.write(f"\n\ndef edited_{time.time_ns()}():\n    pass\n")

    Run([*check, f"-j{jobs}", "--cache-dir", cache], (0, 1))
    return {
        "cold": Contender("stallint, all rules, cold", [*check, f"-j{jobs}", "--no-cache"]),
        "one": Contender("the same with one thread", [*check, "-j1", "--no-cache"]),
        "filling": Contender("cold, filling the cache", [*check, f"-j{jobs}", "--cache-dir", str(fresh)],
                             before=lambda: shutil.rmtree(fresh, ignore_errors=True)),
        "warm": Contender("nothing changed", [*check, f"-j{jobs}", "--cache-dir", cache],
                          before=lambda: Run([*check, f"-j{jobs}", "--cache-dir", cache], (0, 1))),
        "edited": Contender("one file edited", [*check, f"-j{jobs}", "--cache-dir", cache], before=edit),
        "parse": Contender("(a) tree-sitter alone, every file whole", [parse, "parse", str(jobs), str(listing)]),
        "ast-grep": Contender(f"(b) ast-grep {version_of('@ast-grep/cli')}, one rule",
                              [ast_grep(), "scan", "-j", str(jobs), "--no-ignore", "hidden", "--no-ignore", "vcs",
                               "--no-ignore", "dot", "-r", str(HERE / "rule.yml"), str(corpus.folder)]),
        "ruff": Contender(f"(c) ruff {version_of('@astral-sh/ruff-wasm-nodejs')} in WebAssembly, ASYNC, one thread",
                          ["node", str(HERE / "ruff.mjs"), str(listing)]),
        "cat": Contender("(d) cat", ["xargs", "-a", str(listing), "-d", "\n", "cat"]),
    }


def table(all_of_them, corpus, where, names, rounds):
    cold = all_of_them["cold"].seconds()
    lines = [
        f"{datetime.date.today()}, {where}; {len(corpus.files)} files of Python, {corpus.bytes / 1e6:.1f} MB"
        f"{' with tests' if corpus.flags else ''}: {names}. Medians of {rounds} rounds.",
        "",
        "| | seconds | of a cold run | MB/s | peak memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for one in all_of_them.values():
        seconds = one.seconds()
        lines.append(f"| {one.name} | {seconds:.2f} | {seconds / cold:.2f} | {corpus.bytes / 1e6 / seconds:.0f} "
                     f"| {one.megabytes():.0f} |")
    runs = {key: [run.phases() for run in all_of_them[key].runs] for key in ("cold", "warm")}
    lines += ["", "| phase | cold, seconds | share | nothing changed, seconds | share |",
              "| --- | ---: | ---: | ---: | ---: |"]
    for phase in runs["cold"][0]:
        row = f"| {phase} |"
        for key, phases in runs.items():
            seconds = statistics.median(run.get(phase, 0) for run in phases)
            row += f" {seconds:.3f} | {100 * seconds / all_of_them[key].seconds():.0f} % |"
        lines.append(row)
    goals = [
        ("cold / (a), at most 0.7", cold / all_of_them["parse"].seconds()),
        ("cold / (b), at most 0.5", cold / all_of_them["ast-grep"].seconds()),
        ("cold with one thread / (c), at most 1.0", all_of_them["one"].seconds() / all_of_them["ruff"].seconds()),
        ("nothing changed / cold, at most 0.05", all_of_them["warm"].seconds() / cold),
        ("one file edited - nothing changed, at most 0.1 s",
         all_of_them["edited"].seconds() - all_of_them["warm"].seconds()),
    ]
    lines += ["", "| goal | now |", "| --- | ---: |"] + [f"| {goal} | {now:.2f} |" for goal, now in goals]
    return "\n".join(lines)


def growth(stallint, corpus, jobs, scratch, numbers):
    lines = ["| copies | MB | seconds | seconds per copy | peak memory, MB |", "| ---: | ---: | ---: | ---: | ---: |"]
    for copies in numbers:
        folder = scratch / "copies"
        corpus.many(folder, copies)
        run = Run([stallint, "check", str(folder), "--no-cache", f"-j{jobs}", *corpus.flags], (0, 1))
        shutil.rmtree(folder)
        lines.append(f"| {copies} | {copies * corpus.bytes / 1e6:.1f} | {run.seconds:.2f} "
                     f"| {run.seconds / copies:.2f} | {run.megabytes:.0f} |")
    return "\n".join(lines)


def publish(text):
    page = PAGE.read_text()
    before, rest = page.split(MARKS[0])
    PAGE.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{rest.split(MARKS[1])[1]}")


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--include-tests", action="store_true", help="read tests and migrations too")
    parser.add_argument("--growth", metavar="N,N...", help="also: this many copies of it all, packages renamed")
    parser.add_argument("--print-only", action="store_true", help="leave docs/performance.md alone")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    stallint = str(Path(options.build).resolve() / "stallint")
    parse = str(Path(options.build).resolve() / "tests" / "bench_parse")

    with tempfile.TemporaryDirectory(prefix="stallint-bench-") as name:
        scratch = Path(name)
        corpus = Corpus(scratch / "corpus", parse, options.paths, options.include_tests)
        if not corpus.files:
            fail("no Python there")
        where = machine(options.jobs)
        all_of_them = contenders(stallint, parse, corpus, options.jobs, scratch)
        for number in range(options.rounds):
            for one in all_of_them.values():
                one.run()
                print(f"round {number + 1}: {one.runs[-1].seconds:8.3f} s  {one.name}", file=sys.stderr)
        names = ", ".join(sorted(path.name for path in (scratch / "corpus").iterdir()))
        text = table(all_of_them, corpus, where, names, options.rounds)
        if options.growth:
            text += "\n\n" + growth(stallint, corpus, options.jobs, scratch, map(int, options.growth.split(",")))
    print(text)
    if not options.print_only:
        publish(text)


main()

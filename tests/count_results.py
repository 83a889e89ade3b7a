"""Counts what a run of ctest did: `count_results.py JUNIT FOLDER` prints "PASSED FAILED".

A GoogleTest executable leaves its own report in FOLDER, named after it; its cases are counted one by one. A test
without such a report (another kind of test, or an executable that crashed) counts as one, as ctest judged it. Skipped
cases count as neither.
"""

import pathlib
import sys
import xml.etree.ElementTree as xml


def cases_of(report):
    passed = failed = 0
    for case in xml.parse(report).getroot().iter("testcase"):
        if case.find("failure") is not None:
            failed += 1
        elif case.get("result") == "completed":
            passed += 1
    return passed, failed


def main(junit, folder):
    passed = failed = 0
    for test in xml.parse(junit).getroot().iter("testcase"):
        succeeded = test.get("status") == "run" and test.find("failure") is None
        report = pathlib.Path(folder, test.get("name") + ".xml")
        if not report.exists():
            passed, failed = passed + succeeded, failed + (not succeeded)
            continue
        ran, broke = cases_of(report)
        # An executable may fail after its last case, as a leak does.
        passed, failed = passed + ran, failed + max(broke, 0 if succeeded else 1)
    print(passed, failed)


main(*sys.argv[1:])

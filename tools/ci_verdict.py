"""Print the counts of pytest's JUnit report, and fail unless tests passed, the required ones among them.

    python tools/ci_verdict.py REPORT [MODULE ...]

A skipped test of a required module is a failure: a browser test that did not run has shown nothing.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def outcome(case):
    kinds = {child.tag for child in case}
    return "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"


def complaints(cases, required):
    """What is wrong, one sentence each; `cases` holds pairs of dotted name and outcome."""
    outcomes = [result for _, result in cases]
    if "failed" in outcomes:
        yield "a test failed"
    if "passed" not in outcomes:
        yield "no test passed"
    for module in required:
        its_outcomes = [result for name, result in cases if module in name.split(".")]
        if "passed" not in its_outcomes:
            yield f"no test of {module} passed"
        if "skipped" in its_outcomes:
            yield f"a test of {module} was skipped"


def main(report, *required):
    if not Path(report).is_file():
        sys.exit(f"{report} is missing: pytest did not finish")
    # A module skipped as a whole has an empty classname and its own dotted name as `name`.
    cases = [
        (f"{case.get('classname')}.{case.get('name')}", outcome(case))
        for case in ElementTree.parse(report).iter("testcase")
    ]
    wrong = list(complaints(cases, required))
    for sentence in wrong:
        print(f"verdict: {sentence}")
    counts = [sum(result == kind for _, result in cases) for kind in ("passed", "failed", "skipped")]
    print("{} passed, {} failed, {} skipped".format(*counts))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])

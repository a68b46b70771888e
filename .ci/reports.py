#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads Surefire's reports.

keep FOLDER    copies the reports of all modules to FOLDER
check FOLDER   fails on failed tests, on no tests at all, and on skips that .ci/allowed-skips.txt does not list
sum FOLDER     prints "N passed, N failed, N skipped"
"""
import pathlib
import shutil
import sys
import xml.etree.ElementTree as ET

ALLOWED = pathlib.Path(__file__).with_name("allowed-skips.txt")
SERVER_MISSING = "Server missing:"


def keep(folder):
    folder.mkdir(parents=True)
    for report in pathlib.Path(".").glob("**/target/surefire-reports/TEST-*.xml"):
        module = "-".join(report.parts[:-3]) or "root"
        shutil.copy(report, folder / f"{module}-{report.name}")


def tests(folder):
    """Yields (name, outcome, message) of each test; a test that Surefire ran again counts once."""
    for report in sorted(folder.glob("*.xml")):
        for case in ET.parse(report).getroot().iter("testcase"):
            name = f"{case.get('classname')}#{case.get('name')}"
            bad = [case.find(kind) for kind in ("failure", "error") if case.find(kind) is not None]
            skip = case.find("skipped")
            if bad:
                yield name, "failed", bad[0].get("message") or ""
            elif skip is not None:
                yield name, "skipped", (skip.get("message") or skip.text or "").strip()
            else:
                yield name, "passed", ""


def allowed():
    lines = (line.split("  ")[0].strip() for line in ALLOWED.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith(";")}


def check(folder):
    listed = allowed()
    found = list(tests(folder))
    problems = [] if found else ["no test report was found"]
    for name, outcome, message in found:
        first = (message.splitlines() or [""])[0]
        if outcome == "failed":
            problems.append(f"failed: {name}: {first}")
        elif outcome == "skipped" and SERVER_MISSING in message:
            problems.append(f"server missing: {name}: {first}")
        elif outcome == "skipped" and name not in listed and name.split("#")[0] not in listed:
            problems.append(f"skipped, and not in {ALLOWED.name}: {name}: {first}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def total(folder):
    outcomes = [outcome for _, outcome, _ in tests(folder)]
    print(", ".join(f"{outcomes.count(kind)} {kind}" for kind in ("passed", "failed", "skipped")))


if __name__ == "__main__":
    command, place = sys.argv[1], pathlib.Path(sys.argv[2])
    sys.exit({"keep": keep, "check": check, "sum": total}[command](place))

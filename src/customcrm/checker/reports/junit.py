"""The report for build servers, in the form that JUnit made common."""

from itertools import groupby
from xml.etree import ElementTree as ET

from customcrm.checker.events import Checked, RunEnded, RunStarted, Status
from customcrm.checker.reports.words import note


def junit(started: RunStarted, ended: RunEnded) -> str:
    """The whole report as XML.

    A failure that does not decide whether the target conforms is told as skipped, so that a build
    fails when `customcrm check` does, and not otherwise.
    """
    suites = ET.Element("testsuites", name=f"customcrm check {started.target.base_url}")
    for group, results in groupby(ended.results, key=lambda result: result.check.group):
        suites.append(_suite(group, list(results)))
    if ended.lost:
        suites.append(_broken_off(ended.lost))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode")


def _broken_off(why: str) -> ET.Element:
    """A run that did not come to its end, as a case of its own: skipped checks fail no build."""
    suite = ET.Element("testsuite", name="Run", tests="1", failures="0", errors="1", skipped="0")
    case = ET.SubElement(suite, "testcase", classname="Run", name="comes-to-its-end")
    ET.SubElement(case, "error", message=why)
    return suite


def _suite(group: str, results: list[Checked]) -> ET.Element:
    cases = [_case(result) for result in results]
    suite = ET.Element(
        "testsuite",
        name=group,
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        skipped=str(sum(case.find("skipped") is not None for case in cases)),
        time=f"{sum(result.seconds for result in results):.3f}",
    )
    suite.extend(cases)
    return suite


def _case(result: Checked) -> ET.Element:
    check = result.check
    case = ET.Element(
        "testcase", classname=check.group, name=check.id, time=f"{result.seconds:.3f}"
    )
    if result.is_fault:
        said = f"{check.level}: {check.rule}"
        failure = ET.SubElement(case, "failure", message=said, type=check.level)
        failure.text = _details(result)
    elif result.status is not Status.PASS:
        said = note(result) if result.status is Status.SKIP or result.expected else _details(result)
        ET.SubElement(case, "skipped", message=said)
    return case


def _details(result: Checked) -> str:
    if result.broken is None:
        return note(result)
    return (
        f"expected {result.broken.expected}\ngot {result.broken.got}\n"
        f"why: {result.check.why}\nmend: {result.check.mend}\n{result.curl}"
    )

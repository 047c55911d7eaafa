"""A report in a real browser without a network: it asks for nothing, and nothing in it complains."""

import json
import shutil
import subprocess

import pytest

from talentmarket.report import run_report, write_report
from talentmarket.runs.running import Options, run
from talentmarket.scenario.reading.loading import load

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
OFFLINE = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic"]
OF_THE_BROWSER = "not an origin"  # what the browser asks for on its own account

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


def opened(page, folder):
    """The document, what it complains of, and the addresses that it asks for."""
    log = folder / "net.json"
    places = [f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--enable-logging=stderr", "--dump-dom"]
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *QUIET, *OFFLINE, *places, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    events = [event.get("params", {}) for event in json.loads(log.read_text(encoding="utf-8"))["events"]]
    asked = {
        each["url"] for each in events if "url" in each and each.get("initiator", OF_THE_BROWSER) != OF_THE_BROWSER
    }
    return done.stdout, complaints, asked


def test_a_report_opens_offline_without_a_request_or_a_complaint(tmp_path):
    small = load("meta_raid", ["population.scale=0.1", "run.months=12", "run.replicates=3"])
    write_report(run_report(run(small, Options(workers=1)), tmp_path), tmp_path / "report.html")
    document, complaints, asked = opened(tmp_path / "report.html", tmp_path)
    assert small.question in document
    assert complaints == []
    assert not [address for address in asked if not address.startswith("data:")]


def test_a_request_and_a_complaint_would_be_seen(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><title>x</title><img src="http://nowhere.invalid/x.png"><script>console.log("a")</script>'
    )
    _, complaints, asked = opened(page, tmp_path)
    assert complaints
    assert "http://nowhere.invalid/x.png" in asked

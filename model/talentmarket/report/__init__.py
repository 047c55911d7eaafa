"""Reports: one HTML file for a run, or for a comparison of runs, that opens anywhere and needs nothing else."""

from talentmarket.report.comparison_report import comparison_report
from talentmarket.report.page import write_report
from talentmarket.report.run_report import run_report

__all__ = ["comparison_report", "run_report", "write_report"]

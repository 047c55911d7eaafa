"""Reports: one HTML file for a run, a comparison of runs, a study or a calibration, that opens anywhere and needs nothing else."""

from talentmarket.report.calibration_report import calibration_report
from talentmarket.report.comparison_report import comparison_report
from talentmarket.report.page import write_report
from talentmarket.report.run_report import run_report
from talentmarket.report.study_report import study_report

__all__ = ["calibration_report", "comparison_report", "run_report", "study_report", "write_report"]

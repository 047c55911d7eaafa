from .calibration_report import calibration_report as calibration_report
from .comparison_report import comparison_report as comparison_report
from .page import write_report as write_report
from .run_report import run_report as run_report
from .study_report import study_report as study_report

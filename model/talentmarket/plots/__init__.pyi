from .comparison.gallery import comparison_plots as comparison_plots
from .comparison.gallery import save_comparison_plots as save_comparison_plots
from .files import Provenance as Provenance
from .files import save as save
from .run.gallery import all_plots as all_plots
from .run.gallery import save_plots as save_plots

from .api import calibrate as calibrate
from .api import compare as compare
from .api import read as read
from .api import read_study as read_study
from .api import run as run
from .api import study as study
from .comparison.comparison import Comparison as Comparison
from .errors import InputError as InputError
from .errors import ReplicateError as ReplicateError
from .errors import RunFolderError as RunFolderError
from .errors import ScenarioError as ScenarioError
from .errors import TalentMarketError as TalentMarketError
from .market.mesa_model import TalentMarket as TalentMarket
from .market.simulate import simulate as simulate
from .runs.cluster import cluster as cluster
from .runs.runs import Runs as Runs
from .scenario.reading.loading import load as load
from .scenario.schema import Scenario as Scenario
from .scenario.writing.dumping import dumps as dumps
from .studies.result import StudyResult as StudyResult
from .validation.own_tables import read_flows as read_flows

__version__: str

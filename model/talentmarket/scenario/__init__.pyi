from .catalogue import shipped_scenarios as shipped_scenarios
from .memory import check_memory as check_memory
from .reading.loading import load as load
from .schema import Scenario as Scenario
from .writing.dumping import dumps as dumps

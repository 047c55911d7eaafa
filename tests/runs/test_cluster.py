"""Replicates and points on a cluster: the same bytes as on threads, whoever dies meanwhile; nobody else gets in."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest
from spawned import workers

import talentmarket as tm
from talentmarket.errors import InputError
from talentmarket.market.simulate import simulate
from talentmarket.runs import cluster as clusters
from talentmarket.runs.cluster import Cluster, cluster
from talentmarket.runs.options import Options, Place
from talentmarket.runs.running import run_to_folder
from talentmarket.scenario.schema import Scenario

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
from talentmarket.runs.same_engine import SameEngine  # noqa: E402

SMALL = ["population.scale=0.02", "run.months=6"]
BEFORE = {"manifest.json"}


def kill_once(scenario: Scenario, replicate: int) -> Mapping[str, Mapping[str, Any]]:
    """A replicate whose worker is killed under it, the first time it gets there."""
    mark = Path(os.environ["TALENTMARKET_TEST_MARKS"]) / str(replicate)
    if replicate % 16 == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenario, replicate)


def kill_always(scenario: Scenario, replicate: int) -> Mapping[str, Mapping[str, Any]]:
    """A replicate that no worker survives."""
    if replicate == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenario, replicate)


def tables(folder: Path) -> dict[str, bytes]:
    kept = (path for path in folder.rglob("*") if path.is_file() and path.name not in BEFORE)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("marks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALENTMARKET_TEST_MARKS", str(folder))
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        yield folder


@pytest.fixture(scope="module")
def crew(marks: Path) -> Iterator[Cluster]:
    """Two processes of this machine, which start with the folder of the marks."""
    before = workers()
    with cluster("local:2") as ours:
        yield ours
    left = [each for pid, each in workers().items() if pid not in before]
    assert psutil.wait_procs(left, timeout=120)[1] == []


def run(folder: Path, **options: Any) -> dict[str, bytes]:
    run_to_folder(tm.load("meta_raid", SMALL), Place(folder.name, folder.parent), Options(replicates=40, **options))
    return tables(folder)


@pytest.fixture(scope="module")
def on_threads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return run(tmp_path_factory.mktemp("threads") / "run", workers=2)


def test_a_cluster_leaves_the_bytes_of_threads(tmp_path: Path, crew: Cluster, on_threads: dict[str, bytes]) -> None:
    assert crew.width == 2
    assert run(tmp_path / "cluster", crew=crew) == on_threads


def test_killed_workers_change_no_byte(
    tmp_path: Path, crew: Cluster, marks: Path, on_threads: dict[str, bytes]
) -> None:
    assert run(tmp_path / "killed", crew=crew, simulate=kill_once) == on_threads
    assert sorted(int(mark.name) for mark in marks.iterdir()) == [3, 19, 35]


def test_a_run_goes_on_with_what_threads_have_left(tmp_path: Path, crew: Cluster, on_threads: dict[str, bytes]) -> None:
    scenario, place = tm.load("meta_raid", SMALL), Place("run", tmp_path)
    run_to_folder(scenario, place, Options(replicates=20))
    assert run(tmp_path / "run", crew=crew) == on_threads


def test_what_kills_every_worker_is_a_failed_replicate(tmp_path: Path, crew: Cluster) -> None:
    scenario = tm.load("meta_raid", SMALL)
    options = Options(replicates=40, crew=crew, simulate=kill_always)
    runs = run_to_folder(scenario, Place("run", tmp_path), options)
    assert [failure.replicate for failure in runs.failures] == list(range(16, 32))
    assert all("WorkerDiedError: every worker that tried has died" in failure.error for failure in runs.failures)


def test_points_of_a_study_run_on_the_same_workers(crew: Cluster) -> None:
    asked = {"vary": ["choice.noise=0.5,1"], "outcomes": ["departures of OpenAI"], "replicates": 8}
    here, there = tm.study("baseline", **asked), tm.study("baseline", **asked, crew=crew)
    assert there.points.equals(here.points)


class Elsewhere:
    address = "tcp://elsewhere:1"


def test_a_worker_with_another_engine_refuses() -> None:
    ours = {name: clusters.code_versions()[name] for name in clusters.ENGINE}
    with pytest.raises(InputError, match=r"elsewhere:1 has engine [0-9a-f]+ in place of another; install"):
        SameEngine({**ours, "engine": "another"}).setup(Elsewhere())


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://192.0.2.1:8786", "plain tcp to another machine is refused"),
        ("local:0", "from 1 to 1024 processes"),
        ("local:9999", "from 1 to 1024 processes"),
        ("ray://head:1", "an address is local:8"),
        ("tls://no-port", "an address is local:8"),
    ],
)
def test_what_is_no_safe_address_is_refused(address: str, told: str) -> None:
    with pytest.raises(InputError, match=told), cluster(address):
        pass


def test_nobody_at_an_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1)
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{place.getsockname()[1]}"
    with pytest.raises(InputError, match="no scheduler can be reached there"), cluster(address):
        pass


def test_a_client_without_certificate_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1)
    with pytest.raises(InputError, match="no scheduler can be reached there"), cluster("tls://127.0.0.1:8786"):
        pass


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    """A certificate that signs itself, as Dask's settings name it."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate")
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(file)], check=True, capture_output=True)
    named = {"ca-file": str(file)}
    for role in ("client", "scheduler", "worker"):
        named |= {f"{role}.cert": str(file), f"{role}.key": str(key)}
    return {f"distributed.comm.tls.{name}": value for name, value in named.items()}


def test_a_scheduler_elsewhere_lets_in_who_has_the_certificate(certificate: dict[str, str], tmp_path: Path) -> None:
    security = distributed.Security(
        tls_ca_file=certificate["distributed.comm.tls.ca-file"],
        **{
            f"tls_{role}_{part}": certificate[f"distributed.comm.tls.{role}.{part}"]
            for role in ("client", "scheduler", "worker")
            for part in ("cert", "key")
        },
        require_encryption=True,
    )
    settings = {
        "protocol": "tls://",
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
        "silence_logs": "CRITICAL",
    }
    scenario = tm.load("meta_raid", SMALL)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, security=security, **settings) as there:
        address = there.scheduler_address
        assert address.startswith("tls://127.0.0.1:")
        with dask.config.set(certificate), cluster(address) as crew:
            runs = run_to_folder(scenario, Place("run", tmp_path), Options(replicates=2, crew=crew))
        with pytest.raises(InputError, match="no scheduler can be reached there"), cluster(address):
            pass
    assert runs.measures.equals(tm.run(scenario, replicates=2).measures)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LOOK", 0.2)
    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    monkeypatch.setattr(clusters, "ALONE", 1)


def close_workers(started: Any) -> None:
    """End the workers for good, as when one dies while Dask starts it again."""
    for worker in list(started.workers.values()):
        started.sync(worker.close)


def test_workers_that_are_lost_for_good_are_replaced(impatient: None) -> None:
    with distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=None, silence_logs="CRITICAL"
    ) as there:
        ours = Cluster(distributed.Client(there, set_as_default=False), there)
        close_workers(there)
        assert ours.submit(pow, 2, 5).result() == 32
        ours.close()


def test_a_scheduler_without_workers_is_not_waited_for_for_ever(impatient: None) -> None:
    with distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=None, silence_logs="CRITICAL"
    ) as there:
        ours = Cluster(distributed.Client(there, set_as_default=False))
        close_workers(there)
        with pytest.raises(InputError, match=r"no worker has been at .* goes on with the rest"):
            ours.submit(pow, 2, 5).result()
        ours.close()


def test_a_result_that_is_on_its_way_when_somebody_looks_is_waited_for() -> None:
    class Slow:
        """A call that is over, and whose result takes longer than a look."""

        def result(self, timeout: float | None = None) -> int:
            if timeout is not None:
                raise TimeoutError
            return 7

        def done(self) -> bool:
            return True

    assert clusters._Reply(Slow(), "tls://somewhere", lambda: None).result() == 7

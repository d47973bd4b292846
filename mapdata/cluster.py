"""A Dask cluster in the place of the processes of this machine: the same work, through the same kind of executor.

Workers open the files themselves, so paths have to be good where they run: a folder that all share, or a bucket. What
they find comes back here, and one process writes it: a part that a lost worker had begun is begun again by another,
and nothing of it has been stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapdata.errors import ClusterError
from mapdata.ingest import Crew, Recruit, task
from mapdata.model import Gazetteer
from mapdata.outlets import Outlets

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 30


def dask(address: str, *, seconds: float = _SECONDS) -> Recruit:
    """The workers of the cluster whose scheduler is at an address, like tcp://10.0.0.5:8786.

    seconds: how long to wait for the scheduler, and then for its first worker. Recruiting raises ClusterError where
    neither comes, or where the extra is not installed.
    """

    @contextmanager
    def recruit(gazetteer: Gazetteer, outlets: Outlets) -> Iterator[Crew]:
        client = _client(address, seconds)
        try:
            key = task.key_of(gazetteer, outlets)
            _equip(client, key, gazetteer, outlets)
            # pure=False: the same part of the same file may hold something else by now.
            with client.get_executor(pure=False) as executor:
                try:
                    yield Crew(executor, key, lambda: width(client), explain)
                except BaseException:
                    executor.shutdown(wait=False)  # what nobody waits for is not read
                    raise
        finally:
            client.close()

    def width(client: Client) -> int:
        try:
            return sum(client.nthreads().values())
        except OSError as fault:
            raise ClusterError(gone) from fault

    gone = f"the cluster at {address} is gone: start it, and run the same again to go on"

    def explain(fault: BaseException) -> str | None:
        from distributed.comm import CommClosedError
        from distributed.scheduler import KilledWorker

        if isinstance(fault, KilledWorker):
            return f"several workers of {address} ended one after the other with the same part (out of memory?)"
        if isinstance(fault, CancelledError | CommClosedError):
            return gone
        return None

    return recruit


def _client(address: str, seconds: float) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--dask needs what is not installed: pip install 'mapdata[dask]'") from None
    try:
        client = Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as fault:
        said = " ".join(str(fault).split())[:200] or type(fault).__name__
        raise ClusterError(f"--dask {address}: no scheduler answers there ({said})") from None
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        client.close()
        raise ClusterError(f"--dask {address}: the cluster has no workers: dask worker {address} starts one") from None
    return client


def _equip(client: Client, key: str, gazetteer: Gazetteer, outlets: Outlets) -> None:
    """Tells every worker what to read with: those that are there, and those that come while the work goes on."""
    from distributed import WorkerPlugin

    class Equip(WorkerPlugin):
        name = f"mapdata-{key}"

        def setup(self, worker: object) -> None:
            task.equip(key, gazetteer, outlets)

    try:
        client.register_plugin(Equip())
    except Exception as fault:  # of unpickling, on a worker that lacks mapdata or has another one
        said = " ".join(str(fault).split())[:200]
        raise ClusterError(f"a worker has no mapdata that fits ({type(fault).__name__}: {said})") from fault

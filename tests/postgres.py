"""A real PostgreSQL server of one's own: in a temporary folder, on a free loopback port, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

USER = "mapdata"
# With signs that an address has to quote, so that the tests see whether they are.
PASSWORD = "se:cret/100%"
QUOTED = "se%3Acret%2F100%25"

MISSING = "no PostgreSQL server on this machine: apt-get install postgresql (or the like), then run again"


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`; None where there is no server."""
    places = [
        Path(found).resolve().parent for name in ("initdb", "postgres") if (found := shutil.which(name))
    ]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += sorted(Path("/usr").glob("pgsql*/bin"), reverse=True)
    return next((at for at in places if (at / "initdb").exists() and (at / "postgres").exists()), None)


@contextlib.contextmanager
def server(at: Path) -> Iterator[int]:
    """Runs the server of these binaries with an empty cluster; yields its port on 127.0.0.1."""
    # A folder of its own under the system's: pytest's are closed to the user that the server runs as.
    home = Path(tempfile.mkdtemp(prefix="mapdata-postgres-"))
    # PostgreSQL refuses to run as root.
    account = _unprivileged() if os.getuid() == 0 else None
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    password = home / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    if account:
        for path in (home, password):
            os.chown(path, account.pw_uid, account.pw_gid)
    data, log = home / "data", home / "log"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}
    run = {"cwd": home, "env": environment, "stdin": subprocess.DEVNULL, **who}
    process = None
    try:
        with log.open("wb") as out:
            make = [at / "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={password}"]
            make += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            subprocess.run(make, check=True, stdout=out, stderr=out, **run)
            port = _free_port()
            start = [at / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", "-F"]
            process = subprocess.Popen(start, stdout=out, stderr=out, **run)
            _wait(process, port, log)
            yield port
    finally:
        if process and process.poll() is None:
            process.send_signal(signal.SIGINT)  # "fast shutdown": closes the connections and ends
            process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def address(port: int, database: str = "postgres") -> str:
    return f"postgresql+psycopg://{USER}:{QUOTED}@127.0.0.1:{port}/{database}"


def empty(port: int) -> None:
    """Drops all tables: far quicker than a database for each test."""
    with _connect(port) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _connect(port: int) -> psycopg.Connection:
    return psycopg.connect(
        host="127.0.0.1", port=port, user=USER, password=PASSWORD, dbname="postgres", autocommit=True
    )


def _wait(process: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended at its start: {log.read_text(errors='replace')[-500:]}")
        try:
            _connect(port).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")

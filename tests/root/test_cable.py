"""What only root can take away: the network itself."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PULLED = 'ip link set lo up && ! ip route get 192.0.2.1 2>&1 && exec "$0" "$@"'
"""Runs a command where nothing but this machine can be reached."""


def test_the_whole_job_runs_with_the_cable_pulled_out() -> None:
    name = "test_without_a_network_the_code_opens_on_the_public_listener"
    walk = f"tests/browser/test_walk.py::{name}"

    walked = subprocess.run(
        ["unshare", "--net", "sh", "-c", PULLED, sys.executable, "-m", "pytest", walk],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Network is unreachable" in walked.stdout
    assert "1 passed" in walked.stdout, walked.stdout + walked.stderr

"""What the tests and the benches need of the machine, had from Debian as root."""

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Install one of Debian's packages, where that is ours to do."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return

    print(f"Installing {package} for the tests: once.", flush=True)
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", package)


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)

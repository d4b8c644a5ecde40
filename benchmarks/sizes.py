"""How much disk an installation takes, counted from what each package says it installed.

The folder as a whole would count the tools of development too, which stand in the same one.
"""

import re
from importlib.metadata import distributions
from pathlib import Path


def site_packages(environment: Path) -> Path:
    """The folder of a virtual environment that holds its packages."""
    (folder,) = environment.glob("lib/python3*/site-packages")
    return folder


def installed_bytes(packages: Path, *, listed_in: Path | None = None) -> int:
    """All packages, or those a requirements file lists; without what Python compiles at first import."""
    wanted = None if listed_in is None else _listed(listed_in)
    return sum(
        Path(file.locate()).stat().st_size
        for package in distributions(path=[str(packages)])
        if wanted is None or _plain(package.metadata["Name"]) in wanted
        for file in package.files or []
        if file.suffix != ".pyc" and Path(file.locate()).is_file()
    )


def _listed(requirements: Path) -> set[str]:
    """The names in lines such as `requests==2.34.2` and `./standin/tensorflow`."""
    return {_plain(name) for name in re.findall(r"^(?:\./standin/)?([\w-][\w.-]*)", requirements.read_text(), re.M)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

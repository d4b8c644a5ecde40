"""One site for all tests, as if it were new for each: a server and a database take longer to start than a test."""

from collections.abc import Iterator

import pytest

from storage.database import open_database
from tests.web.appointments.site import Site, serving


@pytest.fixture(scope="package")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('site') / 'test.db'}")
    with serving(Site(database)) as started:
        yield started
    database.dispose()


@pytest.fixture
def site(running_site: Site) -> Site:
    running_site.start_over()
    return running_site

"""What every test shares: Hypothesis' profiles, and packages that are taken away on purpose."""

import os

from hypothesis import settings

from tests import without

collect_ignore_glob = without.install()

# Wall time on a busy machine says nothing about a rule, so no deadline. The everyday run is the
# same on every machine; the deep one looks further each time.
settings.register_profile("everyday", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

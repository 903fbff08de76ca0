"""Rings the rounds: APScheduler in one process, or Prefect with any number of workers.

The only room that knows prefect and apscheduler. Rows own the dates: nothing kept here is
needed, and losing all of it loses no clock, no alert, no case.
"""

import os

# Prefect reads them when it is imported; it calls home otherwise.
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

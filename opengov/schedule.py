"""What `manage.py rqcron opengov.schedule` loads: the periodic jobs, in rq's words."""

from django.utils.module_loading import import_string
from rq import cron

from .periodic import CRON, jobs

for path, rhythm in jobs().items():
    cron.register(import_string(path), queue_name="default", cron=CRON[rhythm])

"""A process of the portal that is killed at a chosen point, as by a power cut: nothing of it runs afterwards."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection

HEAD = """
import sys
import time

import django

django.setup()


def pause(*_arguments, **_options):
    print("here", flush=True)
    time.sleep(120)


def late(function):
    \"\"\"What the function does, and then the pause.\"\"\"
    return lambda *arguments, **options: pause(function(*arguments, **options))


def at_call(number, function):
    \"\"\"The function; its call of this number is the pause.\"\"\"
    left = [number]

    def counted(*arguments, **options):
        left[0] -= 1
        return function(*arguments, **options) if left[0] else pause()

    return counted


"""


def kill_in(code, *arguments):
    """Run the code on the test's database and files until it comes to `pause`, and kill it there with SIGKILL.

    Args:
        arguments: what the code finds in `sys.argv[1:]`.
    """
    database = connection.settings_dict
    at = f"{database['HOST']}:{database['PORT'] or 5432}"
    own = {
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{at}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,  # of this worker of the tests, where there is one
        "STORAGE_URL": f"file://{settings.MEDIA_ROOT}",
        "VAR_DIR": str(settings.VAR_DIR),
        "ALLOWED_HOSTS": "testserver",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    command = [sys.executable, "-W", "ignore", "-c", HEAD + code, *map(str, arguments)]
    with subprocess.Popen(command, env=os.environ | own, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "here\n", "the code ended without a pause"
        finally:
            process.kill()

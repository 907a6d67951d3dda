"""How gunicorn serves the portal; the command line and the environment have the last word."""

import os

wsgi_app = "opengov.wsgi:application"
bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 30
keepalive = 5
# A worker starts afresh now and then, so that memory a library never gives back does not pile up.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True

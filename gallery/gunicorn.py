"""How gunicorn runs the site; HOST, PORT, WEB_WORKERS and WEB_THREADS may differ."""

import multiprocessing
import os

wsgi_app = "gallery.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", min(4, multiprocessing.cpu_count())))
# More than uploads that wait for their turn are likely to hold, so that pages find one.
threads = int(os.environ.get("WEB_THREADS", 24))
worker_class = "gthread"
# A picture may take some seconds; a worker that stops answering is replaced.
timeout = 60
graceful_timeout = 25
keepalive = 5
# The most that gunicorn allows: what is too long gets our page, not one line of the server's.
limit_request_line = 8190
max_requests = 20_000
max_requests_jitter = 2_000
# Its socket for commands would be a file in somebody's home, the same one for all their servers.
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"

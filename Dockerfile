FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 portal
WORKDIR /srv/portal

COPY requirements.txt .
RUN pip install -r requirements.txt

COPY . .
# The secret is for these two commands alone, and is not kept. What the portal writes goes to var/.
RUN SECRET_KEY=building python manage.py compile_translations \
    && SECRET_KEY=building python manage.py collectstatic --noinput \
    && mkdir -p var/files var/search var/locks \
    && chown -R portal:portal var
USER portal

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn"]

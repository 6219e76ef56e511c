# syntax=docker/dockerfile:1
# The server in a small image: stdio by default, as a user without rights. docs/docker.md says how to run it.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY src src
RUN /venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --create-home miro && install --directory --owner miro /data
COPY --from=build /venv /venv
USER 10001
WORKDIR /data
VOLUME /data
ENTRYPOINT ["miro-mcp"]

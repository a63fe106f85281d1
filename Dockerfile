# The agent's worker and the page in one image: `phone-agent start` by default, `phone-agent web` for the page.
FROM node:22-bookworm-slim AS page
WORKDIR /app/page
COPY page/package.json page/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY page ./
# Vite writes into ../phone_agent/web/static.
RUN npm run build

FROM python:3.11-slim-bookworm AS built
COPY --from=ghcr.io/astral-sh/uv:0.13.8 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
# What the program needs, in a layer that its own changes leave alone.
RUN uv sync --frozen --no-default-groups --no-install-project
COPY phone_agent ./phone_agent
COPY sip ./sip
COPY menus ./menus
COPY scripts ./scripts
COPY supabase ./supabase
COPY --from=page /app/phone_agent/web/static ./phone_agent/web/static
# Editable: sip/, menus/ and supabase/ are found beside the package.
RUN uv sync --frozen --no-default-groups

FROM python:3.11-slim-bookworm
# The voice that needs no key, and what knows how new words sound.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends flite espeak-ng libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 phone-agent \
 && useradd --system --uid 10001 --gid 10001 --home-dir /app --shell /usr/sbin/nologin phone-agent
WORKDIR /app
COPY --from=built /app /app
RUN mkdir /app/.run && chown phone-agent:phone-agent /app/.run
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PHONE_AGENT_HEALTH_HOST=0.0.0.0
USER 10001:10001
VOLUME /app/.run
EXPOSE 8080 8081
# Running calls end first: whatever stops the container must wait longer than the longest call (stack/compose.yaml).
STOPSIGNAL SIGTERM
ENTRYPOINT ["phone-agent"]
CMD ["start"]

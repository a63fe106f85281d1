"""What Prometheus is told: no label has more values than this program knows."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

UNKNOWN_ROUTE = "none"


class Counters:
    """Of one server; nothing global, so that two of them can stand in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "phone_agent_web_requests", "Requests answered.", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "phone_agent_web_request_seconds", "How long answers took.", ["route"], registry=self.registry
        )
        self.tokens = Counter("phone_agent_web_tokens", "Tokens issued.", ["kind"], registry=self.registry)
        self.refusals = Counter("phone_agent_web_refusals", "Requests refused.", ["reason"], registry=self.registry)
        self.events = Counter("phone_agent_livekit_events", "LiveKit's webhooks.", ["event"], registry=self.registry)
        self.joined = Counter(
            "phone_agent_participants_joined",
            "Who joined rooms, by kind: standard is a page, sip a phone.",
            ["kind"],
            registry=self.registry,
        )

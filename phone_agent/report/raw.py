"""A call's story as JSON, for programs: the numbers masked as everywhere."""

from __future__ import annotations

import json

from phone_agent.report.model import REPORT, VERSION
from phone_agent.report.story import Story, masked_number
from phone_agent.store.columns import to_text


def as_json(story: Story) -> str:
    record, report = story.record, story.report
    return json.dumps(
        {
            "version": VERSION,
            "id": record.id,
            "channel": record.channel,
            "caller_number": masked_number(record.caller_number),
            "started_at": to_text(record.started_at),
            "ended_at": to_text(record.ended_at) if record.ended_at else None,
            "outcome": record.outcome,
            "reason": record.reason,
            "transcript": [
                {"id": line.id, "at": to_text(line.at), "speaker": line.speaker, "text": line.text}
                for line in story.lines
            ],
            "cost_usd": str(report.cost.total) if report else None,
            "report": REPORT.dump_python(report, mode="json") if report else None,
        },
        indent=2,
        ensure_ascii=False,
    )

"""After an edit only what changed is said; the whole order once, before the confirmation."""

from __future__ import annotations

from phone_agent.rehearsal.text import TextCall


async def test_an_edit_says_what_changed_and_the_read_back_all_of_it_once(talk: TextCall) -> None:
    await talk.say("I'd like a Caesar Salad")
    added = await talk.say("add a grilled salmon")
    changed = await talk.say("make that two grilled salmon")
    removed = await talk.say("remove the caesar salad")
    await talk.say("add clam chowder")
    read_back = await talk.say("checkout")

    assert "Grilled Salmon" in added
    assert "Caesar Salad" not in added + changed
    assert "2 Grilled Salmon" in changed
    assert "Grilled Salmon" not in removed
    assert all(read_back.count(dish) == 1 for dish in ("2 Grilled Salmon", "Clam Chowder", "for pickup"))
    assert "$" not in added + changed + removed

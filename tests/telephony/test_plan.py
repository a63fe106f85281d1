"""From what is wanted and what is found to single steps, with no network at all."""

from __future__ import annotations

import pytest

from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import ProvisioningError, carry_out
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.halves import Half
from phone_agent.telephony.livekit_side import livekit_wishes
from phone_agent.telephony.plan import Found, Key, Owner, Ref, Wanted, plan
from phone_agent.telephony.requests import RequestError
from phone_agent.telephony.told import as_json, lines_of_plan
from phone_agent.telephony.twilio_side import numbers_for_sale
from phone_agent.telephony.twilio_wishes import twilio_wishes

TRUNK, URI = Key("trunk", "ours"), Key("uri", "sip:a")
MARK = "ours, made by provision_sip.py"
WISHES = [
    Wanted(TRUNK, {"name": MARK, "secure": True}, marked_in="name"),
    Wanted(URI, {"priority": 10, "trunk": Ref(TRUNK)}, TRUNK),
]
TWILIO = {"PHONE_AGENT_SIP_ADDRESSES": "a.example.com,b.example.com", "TWILIO_PHONE_NUMBER": "+14075550100"}
ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "a token"}
HOUSE = {
    "PHONE_AGENT_OUTBOUND_ADDRESS": "house.pstn.twilio.com",
    "PHONE_AGENT_OUTBOUND_USERNAME": "house",
    "PHONE_AGENT_OUTBOUND_PASSWORD": "too weak",
}


def trunk(owner: Owner = Owner.OURS, *, its_id: str = "TK1", secure: bool = True) -> Found:
    name = {Owner.OURS: MARK, Owner.ADOPTED: MARK.replace("made", "adopted")}.get(owner, "ours")
    return Found(TRUNK, its_id, {"name": name, "secure": secure}, owner)


def uri(parent: str = "TK1", owner: Owner = Owner.UNMARKED) -> Found:
    return Found(URI, "OU1", {"priority": 10, "trunk": parent}, owner, parent)


def actions(wanted: list[Wanted], found: list[Found], *, adopt: bool = False) -> list[tuple[str, str]]:
    return [(step.action, step.key.kind) for step in plan(wanted, found, adopt=adopt).steps]


def test_from_nothing_things_are_made_before_what_refers_to_them() -> None:
    assert actions(WISHES, []) == [("create", "trunk"), ("create", "uri")]


def test_nothing_is_done_where_all_is_as_wanted() -> None:
    assert plan(WISHES, [trunk(), uri()]).is_empty


def test_only_what_differs_is_changed() -> None:
    (step,) = plan(WISHES, [trunk(secure=False), uri()]).steps

    assert (step.action, dict(step.changes)) == ("update", {"secure": (False, True)})


def test_a_second_one_of_ours_is_deleted_after_asking() -> None:
    (step,) = plan(WISHES, [trunk(), trunk(its_id="TK2"), uri()]).steps

    assert (step.action, step.asks_first) == ("delete", True)
    assert step.found is not None
    assert step.found.id == "TK2"


def test_what_others_made_is_left_unless_it_is_to_be_adopted() -> None:
    assert actions(WISHES, [trunk(Owner.FOREIGN)]) == [("create", "trunk"), ("create", "uri")]
    assert actions(WISHES, [trunk(Owner.FOREIGN)], adopt=True) == [("adopt", "trunk"), ("create", "uri")]


def test_a_foreign_trunk_that_holds_the_number_is_told_before_livekit_refuses_ours() -> None:
    wishes = livekit_wishes(Settings.from_env({}))
    theirs = Found(Key("trunk", "theirs"), "ST_1", {}, Owner.FOREIGN, claims=frozenset({"+14075550100"}))

    assert plan(wishes, [theirs]).problems == [
        "trunk theirs (ST_1) holds +14075550100 and was not made here: --adopt takes it over."
    ]
    assert plan(wishes, [theirs], adopt=True).problems == []


def test_what_was_adopted_is_kept_up_to_date_and_outlives_destroy() -> None:
    adopted = [trunk(Owner.ADOPTED, secure=False), uri()]

    assert actions(WISHES, adopted) == [("update", "trunk")]
    assert plan_to_destroy(WISHES, adopted).steps == []
    assert plan_to_destroy(WISHES, adopted).notes == ["uri sip:a stays: it is in what was only adopted (TK1)."]


def test_destroy_begins_with_what_is_inside() -> None:
    assert [step.key for step in plan_to_destroy(WISHES, [trunk(), uri()]).steps] == [URI, TRUNK]


def test_what_holds_things_of_others_stays() -> None:
    made = plan_to_destroy(WISHES, [trunk(), uri(owner=Owner.FOREIGN)])

    assert made.steps == []
    assert "it holds what was not made here (uri sip:a)" in made.notes[0]


def test_a_password_is_shown_neither_to_people_nor_to_programs() -> None:
    wish = Wanted(Key("credential", "house"), {"username": "house", "password": "Correct7Horse8Battery"})
    halves = [Half("Twilio", plan([wish], []))]
    told = as_json(halves) + "\n".join(lines_of_plan(halves))

    assert "Correct7Horse8Battery" not in told
    assert "(secret)" in told


def test_each_further_address_is_tried_after_the_one_before() -> None:
    wishes = twilio_wishes(Settings.from_env(TWILIO))

    assert [(w.fields["sip_url"], w.fields["priority"]) for w in wishes if w.key.kind == "origination URI"] == [
        ("sip:a.example.com;transport=udp", 10),
        ("sip:b.example.com;transport=udp", 20),
    ]


def test_what_no_setting_speaks_of_is_not_wanted() -> None:
    kinds = [wish.key.kind for wish in twilio_wishes(Settings.from_env(TWILIO))]

    assert kinds == ["Twilio trunk", "origination URI", "origination URI", "number", "trunk's number"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (HOUSE, "too weak for Twilio"),
        ({"PHONE_AGENT_FALLBACK_NUMBER": "+14075550100"}, "would ring itself"),
        ({"PHONE_AGENT_INBOUND_USERNAME": "x", "PHONE_AGENT_INBOUND_PASSWORD": "y"}, "Twilio cannot log in"),
    ],
)
def test_what_twilio_would_refuse_later_is_told_before(more: dict[str, str], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        twilio_wishes(Settings.from_env(TWILIO | more))


class Strays:
    """Two of ours that are called alike."""

    name = "a side"

    def __init__(self) -> None:
        self.things = [trunk(its_id="TK1"), trunk(its_id="TK2"), trunk(its_id="TK3")]

    async def found(self) -> list[Found]:
        return self.things

    async def delete(self, found: Found) -> None:
        self.things.remove(found)

    async def create(self, wanted: Wanted, fields: object, parent: str | None) -> str:
        raise AssertionError(wanted)

    async def update(self, found: Found, fields: object) -> None:
        raise AssertionError(found)


async def test_each_of_two_that_are_called_alike_is_asked_for() -> None:
    side = Strays()
    outcome = await carry_out(side, WISHES[:1], may=lambda step: step.found is not None and step.found.id == "TK3")

    assert [each.id for each in side.things] == ["TK1", "TK2"]
    assert [step.found.id for step in outcome.left if step.found] == ["TK2"]


async def test_an_area_code_of_letters_is_refused() -> None:
    with pytest.raises(ProvisioningError, match="'abc' is no area code"):
        await numbers_for_sale(Settings.from_env(ACCOUNT), "US", "abc")

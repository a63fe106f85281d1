"""The cards of a call, one model for each type, and what page and agent ask of each other: the contract of both."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from phone_agent.cards.parts import (
    CartLine,
    Dish,
    Handover,
    Line,
    MenuSection,
    Money,
    OrderStatus,
    Part,
    Place,
    Sums,
)

TOPIC = "phone-agent.cards"
"""Of the data messages that carry cards, each one JSON."""
VERSION: Literal[1] = 1
APPROVAL = "request_checkout_approval"
"""RPC, agent → page: ApprovalRequest → ApprovalAnswer."""
SEND_CARDS = "send_cards"
"""RPC, page → agent: nothing → Accepted. What the call stands at is sent again."""
DEVELOPER_DATA = "developer_data"
"""RPC, page → agent: DeveloperDataRequest → Accepted. Turns, tool calls, events and the report follow as cards."""
SUBMIT_FORM = "submit_form"
"""RPC, page → agent: FormAnswer → Accepted."""


class Card(Part):
    v: Literal[1] = VERSION


class ProfileCard(Card):
    """Who calls, as far as this call may tell; the first card of all."""

    type: Literal["profile"] = "profile"
    name: str | None
    is_guest: bool
    is_second_screen: bool
    """The caller is on the telephone, and this page only shows and confirms."""
    city: str | None
    favorite_cuisines: list[str]
    dietary_tags: list[str]


class RestaurantsCard(Card):
    type: Literal["restaurants"] = "restaurants"
    query: str
    restaurants: list[Place]


class DishesCard(Card):
    type: Literal["dishes"] = "dishes"
    query: str
    dishes: list[Dish]


class MenuCard(Card):
    """A long menu comes in parts: those of one id belong together, in order; a section may go on in the next one."""

    type: Literal["menu"] = "menu"
    id: str
    part: int
    """Counts from 1."""
    parts: int
    restaurant: Place
    sections: list[MenuSection]


class CartCard(Card):
    """Takes the place of every earlier one."""

    type: Literal["cart"] = "cart"
    version: int
    restaurant_id: str | None
    restaurant_name: str | None
    lines: list[CartLine]
    quantity: int
    subtotal: Money


QuoteState = Literal["drawn", "open", "closed"]


class QuoteCard(Card):
    """drawn: it is about to be read back. open: it can be confirmed now. closed: nothing of it may be shown."""

    type: Literal["quote"] = "quote"
    quote_id: str
    state: QuoteState
    restaurant_name: str
    lines: list[Line]
    sums: Sums
    handover: Handover
    order_note: str
    allergy_note: str
    valid_until: datetime


class OrderCard(Card):
    type: Literal["order"] = "order"
    order_id: str
    number: str
    """Three digits, as it is said."""
    restaurant_name: str
    lines: list[Line]
    sums: Sums
    handover: Handover
    status: OrderStatus
    status_text: str
    is_pay_at_handover: bool


class OrderUpdateCard(Card):
    """The kitchen has got on with an order; `message` is what the agent says of it."""

    type: Literal["order_update"] = "order_update"
    order_id: str
    number: str
    status: OrderStatus
    message: str


FormField = Literal["name", "street", "zip_code", "phone"]


class FormCard(Card):
    """What the agent needs and is easier typed than said; no fields: nothing any more. Answered by `submit_form`."""

    type: Literal["form"] = "form"
    fields: list[FormField]


class ToolCallCard(Card):
    """For developers. Times are seconds since the call began."""

    type: Literal["tool_call"] = "tool_call"
    tool_name: str
    arguments: dict[str, JsonValue]
    result: str
    is_error: bool
    started: float
    ended: float


Stage = Literal["transcription", "end_of_turn", "model", "speech", "response"]


class StageTime(Part):
    """transcription is a part of end_of_turn; response is the whole: from the caller's last sound to the reply."""

    stage: Stage
    ms: int


class TurnCard(Card):
    """For developers: one go of either side."""

    type: Literal["turn"] = "turn"
    side: Literal["caller", "agent"]
    at: float
    seconds: float | None
    """How long it was spoken; null: it was written."""
    is_interrupted: bool
    stages: list[StageTime]


class EventCard(Card):
    """For developers: something worth seeing on the call's timeline."""

    type: Literal["event"] = "event"
    at: float
    kind: str
    detail: str


class ModelUse(Part):
    kind: str
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    characters: int
    audio_seconds: float
    requests: int


class ReportCard(Card):
    """For developers: the call so far, after each turn."""

    type: Literal["report"] = "report"
    seconds: float
    turns: int
    tools: int
    usage: list[ModelUse]
    cost: str
    """US dollars, as far as prices are known."""
    cost_unknown: list[str]
    """What was used and has no price."""


StateCard = ProfileCard | CartCard | QuoteCard | OrderCard | FormCard
FoundCard = RestaurantsCard | DishesCard | MenuCard
DeveloperCard = ToolCallCard | TurnCard | EventCard | ReportCard
AnyCard = Annotated[
    ProfileCard
    | RestaurantsCard
    | DishesCard
    | MenuCard
    | CartCard
    | QuoteCard
    | OrderCard
    | OrderUpdateCard
    | FormCard
    | ToolCallCard
    | TurnCard
    | EventCard
    | ReportCard,
    Field(discriminator="type"),
]


class ApprovalRequest(Part):
    """A later request takes the place of an earlier one."""

    quote_id: str
    cart: list[Line]
    total: Money


class ApprovalAnswer(Part):
    """approved: as the key 1. Not approved: as the key 2, the caller wants to change the order."""

    approved: bool


class DeveloperDataRequest(Part):
    on: bool


class FormAnswer(Part):
    name: str = Field("", max_length=60)
    street: str = Field("", max_length=120)
    zip_code: str = Field("", max_length=10)
    phone: str = Field("", max_length=20)


class Accepted(Part):
    accepted: bool
    message: str
    """Why not, to be shown as it is."""


class Contract(Part):
    """Nothing sends this: it holds together what page and agent send each other."""

    card: AnyCard
    approval_request: ApprovalRequest
    approval_answer: ApprovalAnswer
    developer_data_request: DeveloperDataRequest
    form_answer: FormAnswer
    accepted: Accepted


CARD: TypeAdapter[AnyCard] = TypeAdapter(AnyCard)


class _Untitled(GenerateJsonSchema):
    """A title of every field would become a type of its own on the page."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - one of pydantic's many
        return False


def json_schema() -> dict[str, Any]:
    return Contract.model_json_schema(mode="serialization", schema_generator=_Untitled)

"""How people speak of pickup, delivery, coupons, tips, notes, hours and places, as data."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from phone_agent.understanding.phrase_index import PhraseIndex, index_of


class Cue(StrEnum):
    DELIVERY = "delivery"
    ASK_DELIVERY = "ask_delivery"
    PICKUP = "pickup"
    PICKUP_AT = "pickup_at"
    """Only with a time; without one it asks when the order is ready."""
    COUPON = "coupon"
    TIP = "tip"
    NO_TIP = "no_tip"
    KITCHEN = "kitchen"
    HOURS = "hours"
    WHERE = "where"
    RING = "ring"
    RING_NOT = "ring_not"


WISHING = "[(i|we) (want|would like|need)|(can|could) (i|we) (get|have)|make]"
IT = "(it|that|this|them|everything|my food|my order|the order|the food|all of it)"
RINGING = "[(can|could|would|will) you|i (want|would like|need) you to] (call|ring|phone) (me|us)"
READY = f"(when|once|as soon as) ({IT} is|you are|they are) (ready|done)"
CUES: dict[Cue, tuple[str, ...]] = {
    Cue.ASK_DELIVERY: (
        "(do|can|could|will|would) you (deliver|do delivery|offer delivery|have delivery) [food] [to me]",
        "(do|can|could|will|would) you deliver (it|this|that) [to me|to my (house|place|home|address)]",
        "[is there|is it for|is it] (delivery|pickup|takeout) or (delivery|pickup)", "is (there|it for) delivery",
        "can it be delivered", "is delivery (possible|available)",
    ),
    Cue.DELIVERY: (
        f"{WISHING} {IT} [to be] delivered [to me]", f"{WISHING} {IT} for delivery",
        f"(i|we) (want|would like|need) [{IT}|to order|to place an order] [for] (delivery|delivered)",
        f"[(can|could|will) you] deliver [{IT}] [to me]", "[(it is|that is|this is)] for delivery",
        "[make it|i would like|i want|by|with|as] delivery", "delivered", f"(bring|send) {IT} to",
        "(can|could|will) you deliver to",
    ),
    Cue.PICKUP: (
        f"{WISHING} {IT} for (pickup|takeout)", f"(i|we) (want|would like|need) to pick {IT} up",
        "(i|we) (want|would like) [to order|to place an order] [for] (pickup|takeout)",
        f"(i|we) (will|am going to|are going to) (pick|come and pick) {IT} up [myself]",
        f"(i|we) (will|am going to|are going to) (pick up|collect|come and get|come get) {IT} [myself]",
        "[(it is|that is|this is)] for (pickup|pick up|takeout|take out)",
        "[make it|i would like|i want|as] (pickup|takeout|carryout|carry out)", "to pick up",
        "(i|we) (will|am going to) pick [it|that] up",
    ),
    Cue.PICKUP_AT: (
        f"(can|could|may) (i|we) (pick {IT} up|pick up {IT}|collect {IT}|have {IT}|get {IT})",
        "(i|we) (would like|want|need) (it|that|them)", "(i|we) (will|can) (be there|come)", "have it ready",
    ),
    Cue.COUPON: (
        "(i|we) have [got] (a|this|the|my) [(promo|promotion|discount)] (coupon|voucher|code|coupon code) "
        "[called|it is|code|for|which is|that is]",
        "[(the|my)] [(coupon|promo|discount|promotion|voucher)] code is",
        "(use|apply|take|redeem|add) [(a|my|the|this)] [(promo|discount)] (coupon|voucher|code|coupon code)",
        "(the|my) (coupon|voucher) (is|says)", "[with] (coupon|promo|discount) code", "with coupon", "coupon",
        "do you (take|accept) coupons", "(can|could) i use (a|my) coupon",
    ),
    Cue.NO_TIP: (
        "no (tip|gratuity)", "(without|skip|drop) [a|the] tip", "(take|leave) (off|out) the tip",
        "(take|leave) the tip (off|out)", "(i|we) do not (want to|wanna) [leave a] tip", "(remove|cancel) the tip",
        "(do not|i will not) (add|leave|give) (a|any) tip",
    ),
    Cue.KITCHEN: (
        "[(can|could|would|will) you|i want to|i would like to] (tell|ask) the (kitchen|chef|cook|restaurant) "
        "[to|that]",
        "[i have|add|make|leave|can i leave|can i add] [a|one] (note|message) (for|to) the "
        "(kitchen|chef|cook|restaurant|driver) [that|to|is]",
        "[(can|could|would) you] (add|make|put) (a|one) note "
        "[that says|saying|that|to|for the order|to (my|the) order|on it saying]",
        "[(can|could) you] let the (kitchen|chef|cook|restaurant|driver) know [that|to]",
        "[(can|could) you] tell the driver [to|that]", "[i have] [a] special (instructions|instruction|request)",
    ),
    Cue.HOURS: (
        "(what time|when|how late|until when) (do|will|does) (you|they|it|the kitchen) (close|open) [today|tonight]",
        "(what are|tell me) your [opening|business] hours", "(what|how late) are your hours", "opening hours",
        "(how late|how long|until when|till when) are you open [today|tonight]", "when are you open",
        "are you [still|guys|all] (open|closed) [now|right now|today|tonight|at the moment|yet]",
        "(what time|when|how late) (do|does)", "is", "how late is", "are",
    ),
    Cue.WHERE: (
        "where are you [guys] [located|at]", "where is (it|the restaurant|that) [located]",
        "(what is|tell me|give me) (your|the|the restaurants) (address|location)",
        "how do i (get there|find you|get to you)", "where do i (pick it up|pick up|have to go|go|come)",
        "where (can|should) i pick (it|that) up", "where (is|are)",
    ),
    Cue.RING: (
        f"{RINGING} {READY}", "[(can|could|would|will) you] let (me|us) know by phone [when it is ready]",
        f"(i|we) (want|would like) a (call|phone call) {READY}", f"(can|could) (i|we) get a (call|phone call) {READY}",
        f"give (me|us) a (call|ring) {READY}", f"[(can|could|would|will) you] (call|ring|phone) (me|us) back {READY}",
    ),
    Cue.RING_NOT: (
        "[please] (do not|you do not (need|have) to|no need to) (call|ring|phone) (me|us) [back] "
        "[(when|once) (it|the order|my order) is ready]",
    ),
}  # fmt: skip


@cache
def cues() -> PhraseIndex:
    return index_of((cue.value, patterns) for cue, patterns in CUES.items())

"""Tools of support: what a total is made of, what is in a dish, a problem with an order, and feedback."""

from __future__ import annotations

from livekit.agents import function_tool
from livekit.agents.llm import Tool

from phone_agent.ordering.menu import Menu
from phone_agent.services import aftercare
from phone_agent.store.records import Sentiment
from phone_agent.tools.schema import one_of
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def explain_total(context: Context) -> str:
    """What the total is made of: dishes, coupon, tax, delivery, tip; of this order, else of today's."""
    return await aftercare.words_for_total(context.userdata)


def describe_dish_for(menu: Menu) -> Tool:
    """The tool with the menu's dish names in its schema."""

    @spoken
    async def describe_dish(context: Context, item_name: str) -> str:
        """What the menu says is in a dish, and the allergens that it lists. No dish is ever said to be safe.

        Args:
            item_name: the dish, as the menu names it
        """
        return aftercare.words_for_dish(context.userdata, item_name)

    names = one_of(sorted({item.name for item in menu.items}))
    describe_dish.__annotations__ = {**describe_dish.__annotations__, "item_name": names}
    return function_tool(describe_dish)


@function_tool
@spoken
async def report_problem(context: Context, what: str) -> str:
    """Write down for the restaurant what was wrong with an order. It promises nothing: no money back, no new food.

    Args:
        what: what was wrong, in the caller's words; empty where the caller has not said it
    """
    return await aftercare.take_problem(context.userdata, what)


@function_tool
@spoken
async def give_feedback(context: Context, sentiment: Sentiment, what: str) -> str:
    """Write down praise, a wish or a complaint that is about no order's fault.

    Args:
        sentiment: how the caller means it
        what: in the caller's words; empty where the caller has not said it
    """
    return await aftercare.take_feedback(context.userdata, sentiment, what)

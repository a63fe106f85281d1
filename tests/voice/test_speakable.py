"""How figures are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.voice.offline.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Your total is $31.98.", "Your total is thirty-one dollars and ninety-eight cents."),
        ("$5", "five dollars"),
        ("$1.01", "one dollar and one cent"),
        ("$0.99", "ninety-nine cents"),
        ("$0.00", "zero dollars"),
        ("$1,234.05", "one thousand two hundred thirty-four dollars and five cents"),
        ("-$2.50 off", "minus two dollars and fifty cents off"),
        ("order #107", "order one zero seven"),
        ("Your order number is 107.", "Your order number is one zero seven."),
        ("Order number: 042, thanks", "Order number zero four two, thanks"),
        ("ready at 6:45 PM.", "ready at six forty-five p m."),
        ("at 6:05 p.m. today", "at six oh five p m today"),
        ("by 7pm", "by seven p m"),
        ("at 8:00", "at eight o clock"),
        ("2x Pad Thai & 1 x Tom Yum", "two Pad Thai and one Tom Yum"),
        ("Orlando, FL 32801", "Orlando, Florida three two eight zero one"),
        ("in Orlando, FL, and you", "in Orlando, Florida, and you"),
        ("mild, or hot, in a bag", "mild, or hot, in a bag"),
        ("(407) 555-0123", "four zero seven, five five five, zero one two three"),
        ("+14075550123", "one four zero seven five five five zero one two three"),
        ("10-15 minutes", "ten to fifteen minutes"),
        ("your 2nd order", "your second order"),
        ("8.5% tax", "eight point five percent tax"),
        ("two **bold** items", "two bold items"),
        ("press 1, or 2", "press one, or two"),
        ("B12", "B12"),
    ],
)  # fmt: skip
def test_figures_are_said_as_people_say_them(written: str, said: str) -> None:
    assert speakable(written) == said


@given(st.integers(min_value=0, max_value=999_999))
def test_any_amount_is_said_without_digits(cents: int) -> None:
    said = speakable(f"That is ${cents // 100:,}.{cents % 100:02}.")

    assert not any(map(str.isdigit, said))
    assert said.endswith(("dollar.", "dollars.", "cent.", "cents."))


@given(st.integers(min_value=0, max_value=999))
def test_an_order_number_is_said_digit_by_digit(number: int) -> None:
    assert len(speakable(f"order number {number:03}").split()) == 5


@given(st.text(max_size=80))
def test_said_text_stays_said(text: str) -> None:
    once = speakable(text)

    assert once == once.strip()
    assert "$" not in once or "$" in text

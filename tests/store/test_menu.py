from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from tests.builders import a_cart, a_quote, item_named, with_item


async def test_a_menu_comes_back_as_it_was_saved(store: Store, menu: Menu) -> None:
    loaded = await store.load_menu()

    assert loaded == menu


async def test_names_in_other_languages_come_back(store: Store, menu: Menu) -> None:
    grill, thai = menu.restaurants
    abroad = (("es", (("Caesar Salad", "Ensalada César"), ("Salads", "Ensaladas"))),)

    await store.save_menu(Menu((replace(grill, translations=abroad), thai)))

    assert [place.translations for place in (await store.load_menu()).restaurants] == [abroad, ()]


async def test_saving_a_menu_twice_changes_nothing(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    await store.save_menu(menu)

    assert await store.load_menu() == menu
    assert (await store.place_order(quote, confirmed_by="keypad", now=quote.created_at)).number == 1


async def test_a_dish_that_vanished_is_unavailable_and_kept(store: Store, menu: Menu) -> None:
    salmon = item_named(menu, "Grilled Salmon")
    grill, thai = menu.restaurants
    salads, mains = grill.sections
    rest = replace(mains, items=tuple(item for item in mains.items if item.id != salmon.id))

    await store.save_menu(Menu((replace(grill, sections=(salads, rest)), thai)))

    assert (await store.load_menu()).item(salmon.id) == replace(salmon, is_available=False)


async def test_a_vanished_section_is_off_the_menu_but_its_dishes_stay_in_carts(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu, a_cart(menu))
    grill, thai = menu.restaurants

    await store.save_menu(Menu((replace(grill, sections=grill.sections[:1]), thai)))

    cart = await store.find_cart(quote.call_id)
    assert [s.slug for s in (await store.load_menu()).restaurants[0].sections] == ["salads"]
    assert cart is not None
    assert [line.item.is_available for line in cart.lines] == [True, False]


async def test_a_vanished_restaurant_is_closed(store: Store, menu: Menu) -> None:
    await store.save_menu(Menu(menu.restaurants[:1]))

    assert [restaurant.is_active for restaurant in (await store.load_menu()).restaurants] == [True, False]


async def test_a_vanished_modifier_is_no_longer_offered(store: Store, menu: Menu) -> None:
    pad_thai = item_named(menu, "Pad Thai")
    spice, extras = pad_thai.option_groups
    changed = replace(pad_thai, option_groups=(spice, replace(extras, modifiers=extras.modifiers[:1])))

    await store.save_menu(with_item(menu, changed))

    assert (await store.load_menu()).item(pad_thai.id) == changed


async def test_what_vanished_comes_back_with_the_next_menu(store: Store, menu: Menu) -> None:
    await store.save_menu(Menu(menu.restaurants[:1]))

    await store.save_menu(menu)

    assert await store.load_menu() == menu

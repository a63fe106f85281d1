"""The tables and columns that other channels and this project's users know."""

from __future__ import annotations

KNOWN = {
    "fc_profiles": "id household_name default_location default_layout current_layout phone created_at updated_at",
    "fc_preferences": "id profile_id favorite_cuisines dietary_tags disliked_cuisines spice_level budget_range notes",
    "fc_restaurants": "id slug name cuisine_group cuisine dietary_tags price_tier rating eta_minutes closes_at "
    "delivery_fee standout_dish promo hero_image address phone highlights is_active",
    "fc_layouts": "id profile_id hero_restaurant_id focus_row demote_rows highlight_cuisine",
    "fc_menu_sections": "id restaurant_id slug title description position is_active",
    "fc_menu_items": "id restaurant_id section_id name base_price slug description image calories rating "
    "ratings_count tags is_available position",
    "fc_menu_item_option_groups": "id menu_item_id title min max required help_text position",
    "fc_menu_item_option_choices": "id option_group_id label price_adjustment is_default description position",
    "fc_carts": "id profile_id restaurant_id status subtotal notes version",
    "fc_cart_items": "id cart_id menu_item_id quantity total_price base_price instructions",
    "fc_cart_item_options": "id cart_item_id option_choice_id price_adjustment",
    "fc_orders": "id profile_id restaurant_id restaurant_name total cuisine rating satisfaction_notes order_number "
    "status idempotency_key subtotal tax fees tip payment_method ready_at channel",
    "fc_order_items": "id order_id menu_item_id name quantity base_price total_price notes",
    "fc_order_item_options": "id order_item_id label price_adjustment",
    "fc_order_events": "id profile_id restaurant_id restaurant_name intent notes order_id status who",
    "fc_feedback": "id profile_id sentiment notes order_id",
    "fc_calls": "id",
    "fc_call_transcripts": "id call_id",
    "fc_call_reports": "call_id",
    "fc_quotes": "id call_id cart_id",
}

"""The domain: menu, matching, cart, pricing, order, wording. Pure and synchronous."""

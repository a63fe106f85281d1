"""Memory: menus, profiles, carts, quotes, orders and call records."""

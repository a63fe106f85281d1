"""Profiles in fc_profiles and fc_preferences."""

from __future__ import annotations

import json
from sqlite3 import Connection

from phone_agent.store.columns import Row, to_list, to_tuple
from phone_agent.store.records import Profile

SELECT = """
    SELECT p.id, p.household_name, p.phone, p.default_location, f.favorite_cuisines, f.dietary_tags
    FROM fc_profiles p LEFT JOIN fc_preferences f ON f.profile_id = p.id
"""


def find(connection: Connection, phone: str) -> Profile | None:
    row = connection.execute(f"{SELECT} WHERE p.phone = ?", (phone,)).fetchone()
    return profile_of(row) if row else None


def load(connection: Connection, profile_id: str) -> Profile:
    row = connection.execute(f"{SELECT} WHERE p.id = ?", (profile_id,)).fetchone()
    if row is None:
        raise KeyError(profile_id)
    return profile_of(row)


def save(connection: Connection, profile: Profile) -> None:
    location = {"city": profile.city, "state": profile.state, "zip": profile.zip_code}
    connection.execute(
        # json_patch keeps what other channels put beside the city.
        """
        INSERT INTO fc_profiles (id, household_name, phone, default_location)
        VALUES (:id, :household_name, :phone, json_patch('{}', :location))
        ON CONFLICT (id) DO UPDATE SET household_name = excluded.household_name, phone = excluded.phone,
            default_location = json_patch(coalesce(default_location, '{}'), :location),
            updated_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')
        """,
        {
            "id": profile.id,
            "household_name": profile.household_name,
            "phone": profile.phone,
            "location": json.dumps(location),
        },
    )
    connection.execute(
        """
        INSERT INTO fc_preferences (id, profile_id, favorite_cuisines, dietary_tags) VALUES (:id, :id, :cuisines, :tags)
        ON CONFLICT (profile_id) DO UPDATE SET favorite_cuisines = excluded.favorite_cuisines,
            dietary_tags = excluded.dietary_tags, updated_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')
        """,
        {
            "id": profile.id,
            "cuisines": to_list(profile.favorite_cuisines),
            "tags": to_list(profile.dietary_tags),
        },
    )


def profile_of(row: Row) -> Profile:
    location = json.loads(row["default_location"] or "{}")
    return Profile(
        id=row["id"],
        household_name=row["household_name"],
        phone=row["phone"],
        city=location.get("city"),
        state=location.get("state"),
        zip_code=location.get("zip"),
        favorite_cuisines=to_tuple(row["favorite_cuisines"]),
        dietary_tags=to_tuple(row["dietary_tags"]),
    )

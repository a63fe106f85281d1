import type { ReactElement } from "react";
import type { Place, RestaurantsCard } from "../cards.gen";
import { Picture, Tags } from "./parts";

export function RestaurantSearchResults({ card }: { card: RestaurantsCard }): ReactElement {
  return (
    <section className="card" aria-labelledby="restaurants-title">
      <h2 id="restaurants-title">{card.query ? `Restaurants for “${card.query}”` : "Restaurants"}</h2>
      {card.restaurants.length === 0 ? <p className="soft">None is near you.</p> : null}
      <ul className="finds">
        {card.restaurants.map((place) => (
          <li key={place.id} className="find">
            <Picture source={place.image} alt={`At ${place.name}`} width={88} height={88} />
            <PlaceWords place={place} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PlaceWords({ place }: { place: Place }): ReactElement {
  const how = place.delivers ? "Pickup and delivery" : "Pickup";
  return (
    <div className="find-words">
      <h3>{place.name}</h3>
      <p className="soft">
        {place.cuisine} · {place.is_open ? `ready in about ${place.eta_minutes} minutes` : "closed now"} · {how}
      </p>
      <p className="soft">{[place.address, place.city].filter(Boolean).join(", ")}</p>
      {place.standout_dish ? <p>Known for {place.standout_dish}</p> : null}
      <Tags tags={place.tags} label={`About ${place.name}`} />
    </div>
  );
}

import { type ReactElement, useState } from "react";
import type { Place, RestaurantsCard } from "../cards.gen";
import { Details } from "./Details";
import { Picture, Tags } from "./parts";

interface Props {
  card: RestaurantsCard;
  /** null: this page cannot ask for a menu. */
  onMenu: ((place: Place) => void) | null;
}

export function RestaurantSearchResults({ card, onMenu }: Props): ReactElement {
  const [shown, setShown] = useState<Place | null>(null);
  return (
    <section className="card" aria-labelledby="restaurants-title">
      <h2 id="restaurants-title">{card.query ? `Restaurants for “${card.query}”` : "Restaurants"}</h2>
      {card.restaurants.length === 0 ? <p className="soft">None is near you.</p> : null}
      <ul className="finds">
        {card.restaurants.map((place) => (
          <li key={place.id}>
            <button type="button" className="find" aria-haspopup="dialog" onClick={() => setShown(place)}>
              <Picture source={place.image} alt={`At ${place.name}`} width={88} height={88} />
              <span className="find-words">
                <span className="dish-name">{place.name}</span>
                <small>{howItServes(place)}</small>
                {place.standout_dish ? <small>Known for {place.standout_dish}</small> : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown ? <PlaceDetails key={shown.id} place={shown} onMenu={onMenu} onClose={() => setShown(null)} /> : null}
    </section>
  );
}

function PlaceDetails({ place, onMenu, onClose }: Pick<Props, "onMenu"> & { place: Place; onClose: () => void }): ReactElement {
  return (
    <Details title={place.name} image={place.image} onClose={onClose}>
      <p className="soft">{howItServes(place)}</p>
      <p>{[place.address, place.city].filter(Boolean).join(", ")}</p>
      {place.standout_dish ? <p>Known for {place.standout_dish}.</p> : null}
      <Tags tags={place.tags} label={`About ${place.name}`} />
      {onMenu ? (
        <button
          type="button"
          className="confirm"
          onClick={() => {
            onMenu(place);
            onClose();
          }}
        >
          Show the menu
        </button>
      ) : null}
    </Details>
  );
}

function howItServes(place: Place): string {
  const when = place.is_open ? `ready in about ${place.eta_minutes} minutes` : "closed now";
  return `${place.cuisine} · ${when} · ${place.delivers ? "Pickup and delivery" : "Pickup"}`;
}

import { type ReactElement, useState } from "react";
import type { Dish, DishesCard, MenuCard } from "../cards.gen";
import { DishDetails } from "./DishDetails";
import { Picture } from "./parts";

/** Dishes that were found, or a restaurant's menu by its sections. */
export function MenuItemsDisplay({ card }: { card: DishesCard | MenuCard }): ReactElement {
  const [shown, setShown] = useState<Dish | null>(null);
  return (
    <section className="card" aria-labelledby="dishes-title">
      <h2 id="dishes-title">{titleOf(card)}</h2>
      {card.type === "dishes" ? (
        <>
          {card.dishes.length === 0 ? <p className="soft">Nothing like it is on the menus.</p> : null}
          <DishList dishes={card.dishes} showsPlace onShow={setShown} />
        </>
      ) : (
        card.sections.map((section) => (
          <section key={section.id} className="menu-section" aria-label={section.title}>
            <h3>{section.title}</h3>
            <DishList dishes={section.dishes} onShow={setShown} />
          </section>
        ))
      )}
      {shown ? <DishDetails dish={shown} onClose={() => setShown(null)} /> : null}
    </section>
  );
}

function titleOf(card: DishesCard | MenuCard): string {
  if (card.type === "menu") return card.restaurant.name;
  return card.query ? `Dishes for “${card.query}”` : "Dishes";
}

interface ListProps {
  dishes: Dish[];
  showsPlace?: boolean;
  onShow: (dish: Dish) => void;
}

function DishList({ dishes, showsPlace = false, onShow }: ListProps): ReactElement {
  return (
    <ul className="finds">
      {dishes.map((dish) => (
        <li key={dish.id}>
          <button type="button" className="find" onClick={() => onShow(dish)} aria-haspopup="dialog">
            <Picture source={dish.image} alt={`${dish.name}, a picture`} width={72} height={72} />
            <span className="find-words">
              <span className="dish-name">
                {dish.name}
                {dish.is_available ? null : <em>sold out</em>}
              </span>
              {showsPlace ? <small>{dish.restaurant_name}</small> : null}
              {dish.description ? <small className="two-lines">{dish.description}</small> : null}
            </span>
            <span className="price">{dish.price.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

import type { ReactElement } from "react";
import type { Choice, Dish, OptionGroup } from "../cards.gen";
import { Details } from "./Details";
import { signed, Tags } from "./parts";

export function DishDetails({ dish, onClose }: { dish: Dish; onClose: () => void }): ReactElement {
  const sizes = dish.options.find(({ role }) => role === "size")?.choices ?? [];
  return (
    <Details title={dish.name} image={dish.image} onClose={onClose}>
      <p className="soft">
        {dish.restaurant_name} · <span className="price">{dish.price.text}</span>
      </p>
      {dish.is_available ? null : <p className="warning">Sold out{backWords(dish.back_at)}.</p>}
      {dish.description ? <p>{dish.description}</p> : null}
      <Tags tags={dish.tags} label="About this dish" />
      <Allergens allergens={dish.allergens} />
      {dish.options.map((group) => (
        <Group key={group.id} group={group} sizes={sizes} />
      ))}
      {dish.is_cut ? <p className="soft">There are more choices: ask for them.</p> : null}
    </Details>
  );
}

/** A dish without a list of allergens is not a dish without allergens. */
function Allergens({ allergens }: { allergens: string[] }): ReactElement {
  if (allergens.length === 0) return <p className="soft">The menu names no allergens. Ask about yours.</p>;
  return (
    <p className="warning">
      <strong>Allergens:</strong> {allergens.join(", ").replaceAll("_", " ")}
    </p>
  );
}

function Group({ group, sizes }: { group: OptionGroup; sizes: Choice[] }): ReactElement {
  return (
    <section className="options" aria-label={group.title}>
      <h3>
        {group.title} <small>{howMany(group)}</small>
      </h3>
      <ul>
        {group.choices.map((choice) => (
          <li key={choice.id} className={choice.is_available ? "" : "gone"}>
            <span>
              {choice.label}
              {choice.is_default ? <small> included</small> : null}
              {choice.is_available ? null : <small> sold out</small>}
            </span>
            <span className="price">{priceOf(choice, sizes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function priceOf(choice: Choice, sizes: Choice[]): string {
  const nameOf = (sizeId: string) => sizes.find(({ id }) => id === sizeId)?.label ?? sizeId.replaceAll("_", " ");
  const bySize = choice.prices_by_size.map(({ size_id, price }) => `${nameOf(size_id)} ${signed(price)}`);
  if (bySize.length > 0) return bySize.join(", ");
  return choice.price.cents === 0 ? "" : signed(choice.price);
}

function howMany({ least, most }: OptionGroup): string {
  if (least === most) return `choose ${least}`;
  if (least === 0) return most === 1 ? "if you like" : `up to ${most}`;
  return `${least} to ${most}`;
}

function backWords(at: string | null): string {
  if (!at) return "";
  const time = new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  return `, back at ${time}`;
}

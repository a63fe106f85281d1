import { type ReactElement, useEffect, useRef } from "react";
import type { Choice, Dish, OptionGroup } from "../cards.gen";
import { Icon } from "../ui/icons";
import { Picture, signed, Tags } from "./parts";

export function DishDetails({ dish, onClose }: { dish: Dish; onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  const closeOutside = (event: React.MouseEvent) => {
    if (event.target === event.currentTarget) dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="details" aria-labelledby="details-title" onClose={onClose} onClick={closeOutside}>
      <div className="details-inside">
        <button type="button" className="round close" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
        <Picture source={dish.image} alt={dish.name} width={480} height={270} />
        <h2 id="details-title">{dish.name}</h2>
        <p className="soft">
          {dish.restaurant_name} · <span className="price">{dish.price.text}</span>
        </p>
        {dish.is_available ? null : <p className="warning">Sold out{backWords(dish.back_at)}.</p>}
        {dish.description ? <p>{dish.description}</p> : null}
        <Tags tags={dish.tags} label="About this dish" />
        <Allergens allergens={dish.allergens} />
        {dish.options.map((group) => (
          <Group key={group.id} group={group} />
        ))}
        {dish.is_cut ? <p className="soft">There are more choices: ask for them.</p> : null}
      </div>
    </dialog>
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

function Group({ group }: { group: OptionGroup }): ReactElement {
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
            <span className="price">{priceOf(choice)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function priceOf(choice: Choice): string {
  if (choice.prices_by_size.length > 0) return "by size";
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

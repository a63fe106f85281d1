import type { ReactElement } from "react";
import type { ProfileCard as Profile } from "../cards.gen";
import { Tags } from "./parts";

export function ProfileCard({ card }: { card: Profile }): ReactElement | null {
  const tags = [...card.favorite_cuisines, ...card.dietary_tags];
  if (card.is_guest && tags.length === 0) return null;
  return (
    <section className="card profile" aria-label="Who is calling">
      <p>
        <strong>{card.name ?? "Guest"}</strong>
        {card.city ? <span> · {card.city}</span> : null}
      </p>
      <Tags tags={tags} label="What you like" />
    </section>
  );
}

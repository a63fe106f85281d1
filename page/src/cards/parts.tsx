import { type ReactElement, useState } from "react";
import type { Line, Sums } from "../cards.gen";

interface PictureProps {
  source: string | null;
  alt: string;
  width: number;
  height: number;
}

/** A menu's picture, where there is one and it can be shown. */
export function Picture({ source, alt, width, height }: PictureProps): ReactElement | null {
  const [isBroken, setIsBroken] = useState(false);
  if (!source || isBroken) return null;
  return (
    <img
      className="picture"
      src={source}
      alt={alt}
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setIsBroken(true)}
    />
  );
}

export function Tags({ tags, label }: { tags: string[]; label: string }): ReactElement | null {
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={label}>
      {tags.map((tag) => (
        <li key={tag}>{tag.replaceAll("_", " ")}</li>
      ))}
    </ul>
  );
}

export function LineWords({ line }: { line: Line }): ReactElement {
  const options = line.options.map(({ label, price }) => (price.cents ? `${label} (${signed(price)})` : label));
  return (
    <>
      <span className="quantity">{line.quantity} ×</span>
      <span className="line-name">
        {line.name}
        {options.length > 0 ? <small>{options.join(", ")}</small> : null}
        {line.note ? <small>“{line.note}”</small> : null}
      </span>
      <span className="price">{line.total.text}</span>
    </>
  );
}

export function Lines({ lines }: { lines: Line[] }): ReactElement {
  return (
    <ul className="lines">
      {lines.map((line, at) => (
        <li key={at}>
          <LineWords line={line} />
        </li>
      ))}
    </ul>
  );
}

export function SumRows({ sums }: { sums: Sums }): ReactElement {
  const rows = [
    ["Subtotal", sums.subtotal],
    ["Discount", sums.discount],
    ["Tax", sums.tax],
    ["Fees", sums.fees],
    ["Tip", sums.tip],
  ] as const;
  return (
    <dl className="sums">
      {rows.map(([name, money]) =>
        money.cents === 0 ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money.text}</dd>
          </div>
        ),
      )}
      <div className="total">
        <dt>Total</dt>
        <dd>{sums.total.text}</dd>
      </div>
    </dl>
  );
}

export function signed(money: { cents: number; text: string }): string {
  return money.cents > 0 ? `+${money.text}` : money.text;
}

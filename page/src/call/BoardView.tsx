import type { ReactElement } from "react";
import type { Board, Found } from "../board/board";
import type { Place } from "../cards.gen";
import { CallerForm } from "../cards/CallerForm";
import { CartSummary } from "../cards/CartSummary";
import { MenuItemsDisplay } from "../cards/MenuItemsDisplay";
import { OrderConfirmation } from "../cards/OrderConfirmation";
import { ProfileCard } from "../cards/ProfileCard";
import { QuoteCard } from "../cards/QuoteCard";
import { RestaurantSearchResults } from "../cards/RestaurantSearchResults";
import { useObserved } from "../lib/observed";
import type { PageCall } from "./call";

/** What the agent has put on the screen: what wants an answer stands first. */
export function BoardView({ call, isOver }: { call: PageCall; isOver: boolean }): ReactElement {
  const board = useObserved(call.board);
  const request = useObserved(call.approvals.open);
  const { profile, quote, orders, updates, cart, found, form, news } = board;
  const isScreen = call.plan.how === "screen";
  const isBare = cart?.lines.length === 0;
  return (
    <section className="board" aria-label="Your order">
      <p className="sr" aria-live="polite">
        {news}
      </p>
      {isOver ? null : (
        <QuoteCard
          card={quote}
          request={request}
          isScreen={isScreen}
          onAnswer={(quoteId, approved) => call.answerQuote(quoteId, approved)}
        />
      )}
      {form && !isOver ? <CallerForm card={form} onSend={(answer) => call.submitForm(answer)} /> : null}
      {orders.map((order) => (
        <OrderConfirmation key={order.order_id} card={order} updates={updates} />
      ))}
      {profile && !isScreen ? <ProfileCard card={profile} /> : null}
      {cart && !quote && !isBare ? <CartSummary card={cart} /> : null}
      {found ? <FoundView found={found} onMenu={isScreen || isOver ? null : (place) => call.askForMenu(place)} /> : null}
      {isEmpty(board) ? <Nothing isScreen={isScreen} /> : null}
    </section>
  );
}

function FoundView({ found, onMenu }: { found: Found; onMenu: ((place: Place) => void) | null }): ReactElement {
  return found.type === "restaurants" ? (
    <RestaurantSearchResults card={found} onMenu={onMenu} />
  ) : (
    <MenuItemsDisplay card={found} />
  );
}

function isEmpty({ quote, orders, cart, found, form }: Board): boolean {
  return !quote && !found && !form && orders.length === 0 && (!cart || cart.lines.length === 0);
}

function Nothing({ isScreen }: { isScreen: boolean }): ReactElement {
  return (
    <div className="nothing">
      <p>{isScreen ? "Your order appears here as you talk." : "Dishes and your cart appear here as you talk."}</p>
      {isScreen ? null : <p className="soft">Try “I’d like a Caesar salad”, “what’s on the menu?” or “find Thai restaurants”.</p>}
    </div>
  );
}

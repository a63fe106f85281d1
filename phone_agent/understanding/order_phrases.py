"""What the words around dishes in a whole order may be, as data: `(a|b)` is a choice, `[a]` may be left out."""

from __future__ import annotations

from typing import Literal

Cue = Literal[
    "with", "or", "refer", "and", "but", "no", "without", "extra", "light", "double", "wrong", "both", "each",
    "rest", "one_of",
    "them", "side", "on_side", "left", "right", "half", "on_half", "on_other", "times", "start", "skip",
]  # fmt: skip

CUES: dict[Cue, tuple[str, ...]] = {
    "with": (
        "with [just|only|some|a side of|added|toppings of|toppings|topping of|a topping of]",
        "[with] (topped|loaded|covered|filled|served|sprinkled|drizzled|dressed|stuffed) with", "along with",
        "made with", "together with", "[that|which] (has|have|includes|include|contains|comes with)", "including",
        "containing", "using", "on top of that",
        "[and] for [the|my] (toppings|topping|sauce|sauces|veggies|vegetables|cheese|filling|fillings)",
        "[and] for [the|my] (meat|dressing|side)",
        "in it put", "featuring", "as well as", "(can|could) you (put|add)",
        "[go ahead and] (put|add|include|throw on|throw in)", "w", "having",
        "[and] i (would like|want|will have) it with", "toppings (are|will be)", "[and] with", "make (it|that) with",
        "on [a|the]",
    ),
    "or": (
        "or", "nor", "or any",
    ),
    "refer": (
        "make (the|my|that|those)", "have the", "on the (same|first) one",
    ),
    "and": (
        "and", "and also", "also", "plus", "and then", "then", "comma", "and some", "and maybe",
    ),
    "but": (
        "but", "but with", "though with",
    ),
    "no": (
        "no", "non", "zero", "not", "[but|and] [absolutely|definitely] no", "(with|and) no",
    ),
    "without": (
        "without [any|the|a]", "hold [back] [the|all|any]", "(skip|avoid|minus|omit|lose) [the|any|all]",
        "leave (off|out) [the|any]", "(do not|dont) (add|put|include|give me|use) [any|the]", "not any",
        "none of the", "[i|we] do not (want|need|like) [any|the]", "[i] will not have any", "[i] hate", "hold on the",
        "free of", "[i am] not in the mood for", "with out", "with not any", "take (off|out) the", "cut the",
        "without adding [any]", "i can not have [any]", "never any", "i am allergic to", "nix the", "not with",
        "exclude [the]", "my least favorite topping is", "ditch the", "easy with no", "but not [with] [any]",
    ),
    "extra": (
        "extra", "lots of", "(a lot|loads|plenty|tons|a ton|heaps) of", "[go] heavy on [the]", "additional", "more",
        "a (whole lot|bunch|whole bunch) of", "extra extra", "some extra", "heavy", "an extra helping of",
        "loaded up on",
    ),
    "light": (
        "light", "[go] (light|easy) on [the]", "[just|only] a little [bit] [of]", "little", "less",
        "not (a lot|much|too much|too many|many) [of]",
        "[just|only] a (bit|touch|drizzle|dash|hint|sprinkle|splash) [of]", "easy", "a small amount of",
        "[just|only] a few", "lightly", "light amount of", "[go] easy with [the]", "lite",
    ),
    "double": (
        "double", "twice the", "a double portion of", "double the", "double up on [the]",
    ),
    "wrong": (
        "no wait", "wait no", "no make (that|it)", "no sorry", "actually [no] [make (that|it)]", "i mean",
        "no i mean", "sorry i mean", "scratch that [make (that|it)]", "or rather", "wait", "make (that|it|them)",
        "sorry", "rather", "no actually [make (that|it)]", "wait make (that|it)", "i meant", "sorry make (that|it)",
        "wait actually", "correction", "oops", "change that to", "on second thought [make (that|it)]", "no i meant",
        "or actually",
    ),
    "both": (
        "both [of (them|those|these)]", "both burgers", "the two of them",
    ),
    "each": (
        "each [one|of them|of those]", "all [of (them|those|these)]", "every one", "all (two|three|four)", "they all",
        "all three of them", "them all", "all of (the|my|our)",
    ),
    "rest": (
        "the (other|others|rest|other ones|remaining ones)", "the other (one|two|three|four|five)",
        "the rest of them", "another [one]", "and the other", "the last one",
        "the remaining (one|two|three|four)",
    ),
    "one_of": ("the (first|second|third|fourth) [one|of them]", "and the (first|second|third) [one]"),
    "them": (
        "of (them|those|these|which|em|the above|it)",
    ),
    "side": (
        "[a|an|the|some|my|one] (side|sides|side order|side orders|order|orders) of", "[and] (a|as a|for a) side",
        "(a|an|the|one) (bag|basket|box|plate|bowl|piece|slice|packet|carton|pack) of",
        "(bags|baskets|pieces|slices) of", "on the side [of that] (i would like|i want|ill have)", "side",
    ),
    "on_side": (
        "on the side", "as a side", "for (my|the|a) side", "on the side of that", "as my side", "to go with it",
    ),
    "left": (
        "[on] [the] left (half|side)", "on the left",
    ),
    "right": (
        "[on] [the] right (half|side)", "on the right",
    ),
    "half": (
        "half", "[the|one] half (with|of it|is|has|having|of it with)", "the other half [with|is|has]",
        "the other side with", "one side with", "other half",
    ),
    "on_half": (
        "on (one|half|the first) (half|side|of it|of the pizza)", "on half [of it]", "on one half of it",
        "on one side of it",
    ),
    "on_other": (
        "on the other [half|side]", "on the second half", "on the other half of it",
    ),
    "times": (
        "times", "x",
    ),
    "start": (
        "[i|we] (will|would) [also] (like|have|take|love|get|try|go with|order|need)",
        "[i|we] (will|would) [also] (like|love) to (get|order|have|try|start with)",
        "(i|we) [also] (want|need|wish|prefer) [to (get|order|have|try)]",
        "(can|could|may) (i|we) [also] [just] [please] (get|have|order|try|grab|do|take)",
        "(let me|lemme) [also] [please] (get|have|try|order|go with|do|take)",
        "(give|get|bring|make|order|pass|hook|fix|grab) (me|us) [up with]",
        "[i am] (craving|after|hungry for|ordering|getting|having|looking for)",
        "i [also] (feel like|am going to have|am going to get|am gonna get|am gonna have)", "order",
        "(can|could|would|will) you [please] (get|give|bring|make|fix|order|hook) (me|us) [up with]",
        "i would also like", "i (would|will) also (like|have|take) [to (get|order|have)]", "how about",
        "lets (get|do|have|go with|try)", "i wish to have", "i would prefer", "make mine", "i am thinking",
        "put (me|us) down for", "we are having", "id like",
        "i think i (will|would like to) (have|get|take|go with|do)",
        "(he|she|they) (wants|want|would like|will have)",
        "my (wife|husband|son|daughter|friend|mom|dad|kid|boss) (wants|would like|will have)", "make me", "to start",
        "i will do", "we could use", "i could go for", "sign me up for", "ready to order", "i am ready to order",
    ),
    "skip": (
        "on (it|that|them|top|this|those|there)", "in (it|that|them|there)", "on top [of (it|that)]", "to drink",
        "to eat", "with (it|that|this|them|those)",
        "(for|as) (my|the|a|our) (drink|drinks|beverage|main|main dish|entree|order|meal|dinner)",
        "(for|as) (my|the|a|our) (lunch|breakfast|dessert|side item|sides|side dish|snack|appetizer|starter)",
        "for (dinner|lunch|breakfast|dessert|me|us|him|her|them)",
        "for (my wife|my husband|my friend|my son|my daughter|my kids|the kids|everyone|myself)",
        "that is (all|it|everything) [for (me|now|today)]", "that will be (all|it)",
        "would be (great|good|nice|fine|perfect)", "that would be (great|good|nice|fine|perfect|all)",
        "if (you can|possible|you could|that is okay|you do not mind)", "thank you [very much|so much]",
        "thanks [a lot]", "please", "no (toppings|topping|sides|side|drink|extras|condiments|substitutions)",
        "nothing else", "plain", "(hi|hello|hey) [there]", "good (morning|afternoon|evening)", "okay", "yes", "yeah",
        "sure", "alright", "all right", "well", "so", "let me see", "lets see", "let me think",
        "for (starters|now|today|tonight|pickup|delivery|carryout|take out)", "to go", "as well", "too", "finally",
        "lastly", "first", "first of all", "to begin with", "next", "in addition", "instead", "though", "right now",
        "you know", "i guess", "i think", "i believe", "and that is (all|it)", "my order is", "size", "sized",
        "in size", "in a", "in an", "it is", "that is", "with the (following|works on it)", "to that", "to it",
        "on my (burger|sandwich|pizza|burrito|sub)", "for the (order|table)", "what about", "do you have",
        "[at] the moment", "i am in the mood for", "add on", "also", "today", "tonight", "later", "the regular",
        "kind of", "if i (may|could|can)", "be sure to", "make sure (to|you|it has|it is|there is|there are)",
        "in there", "at all", "i would like it", "i want it", "want it", "sounds good", "for a total of", "nice and",
        "maybe", "just", "(one|two|three|four) topping", "how are you [doing] [today]",
        "i want to (place|make) an order [for] [pickup|delivery]", "i (am calling|called) to order",
        "can i (place|make) an order [for] [pickup|delivery]", "on the burger", "um", "uh", "er", "ah", "hmm", "oh",
        "like", "if you (have|got) (it|them|any|some)", "thats all", "per favore", "we are starving", "i am starving",
    ),
}  # fmt: skip

"""The phrases that the speech grammar listens for: the usual ones of each kind, as they are spoken."""

from __future__ import annotations

HESITATIONS = "/8/ okay | /3/ so | /3/ well | /4/ actually"
GREETINGS = "hi | hello | hey | hi there | hello there | good (morning | afternoon | evening)"
COURTESIES = "please | thanks | thank you"
ENDINGS = (
    "too | as well | for me | to go | to cart | for my (wife | husband | son | daughter) | to my order | to my cart "
    "| to the order"
)
OPENINGS: dict[str, int] = {
    "i'd like": 10, "i'd like to (order | get | have)": 3, "i would like": 10,
    "i would like to (order | get | have)": 3, "i will (have | take | get)": 3,
    "i would also like": 1, "we would like": 1, "we'll have": 2, "i am looking for": 1,
    "i'll (have | take | get)": 8, "(can | could) i (get | have)": 10,
    "may i have": 1, "i (want | need) [to order]": 5, "we'd like": 1, "give me": 2, "let me (get | have)": 3,
    "[please] add": 6, "can you add": 2, "and [also] [add]": 2, "also [add]": 1, "i'd also like": 1,
    "(how | what) about": 1, "get me": 1, "order": 1, "let's do": 1, "i meant": 1, "no i (said | meant)": 5,
}  # fmt: skip
QUESTIONS: dict[str, int] = {
    "how much (is | are | for)": 3, "what's the price of": 1, "do you have": 2, "have you got": 1, "tell me about": 1,
    "find": 1, "what's in": 1, "i'm looking for": 1,
}  # fmt: skip
REMOVALS: dict[str, int] = {
    "[please | actually] remove": 3, "take (off | out)": 1, "delete": 1, "cancel": 1, "i don't want": 1,
    "get rid of": 1,
}  # fmt: skip
JOINTS: dict[str, int] = {
    "and": 20, "and also": 1,
}  # fmt: skip
QUANTITIES: dict[str, int] = {
    "a": 30, "an": 5, "": 14, "the": 4, "one": 8, "another": 2, "one more": 2, "some": 2,
}  # fmt: skip
NAMED: dict[str, int] = {"the": 10, "a": 2, "": 3, "my": 1, "one": 1}
SEVERAL: dict[str, int] = {
    "two": 20, "three": 12, "four": 8, "five": 5, "six": 5, "seven": 2, "eight": 2, "nine": 2, "ten": 2, "eleven": 1,
    "twelve": 2, "fifteen": 1, "twenty": 1, "twenty five": 1, "a couple of": 3, "two more": 2, "three more": 1,
    "half a dozen": 1, "a dozen": 1,
}  # fmt: skip
NUMBERS = "one | two | three | four | five | six | seven | eight | nine | ten | twelve | fifteen | twenty"
AMOUNTS: dict[str, int] = {
    "with": 10, "with extra": 3, "extra": 4, "no": 6, "with no": 2, "without": 4, "light": 1, "double": 1, "and": 3,
    "and extra": 1, "and no": 2,
}  # fmt: skip
REPLIES: dict[str, int] = {
    "yes [(please | it is | that's right | that's correct | checkout | confirm | i do)]": 8,
    "yes": 8, "yeah": 4, "(yep | correct)": 3, "yes [please] (confirm | place) [(my | the)] order": 2,
    "confirm [(my | the)] order": 6, "that's (right | correct)": 2, "no": 6,
    "no (thanks | thank you)": 3, "nope": 1, "(not yet | wait | never mind)": 1,
    "(no) i want to change (it | my order)": 1, "that's not right": 1, "none of those": 1,
    "yes confirm [(my | the | it)]": 1, "that is (right | correct)": 2, "(can | could) you repeat that [please]": 1,
    "[can you] repeat that": 2, "(say | come) (that) again": 1, "what was that": 1, "pardon": 1, "sorry": 1,
}  # fmt: skip
"""Said to a read-back more than anywhere else."""
COMMANDS: dict[str, int] = {
    "sounds good": 1, "go ahead": 1, "sure": 1,
    "[let's | i want to | i'd like to | ready to | i'm ready to] (checkout | check out)": 8,
    "i'm (done | ready | finished | all set)": 2, "i'm ready to order": 3, "[no] that's (/3/ all | it | everything)": 8,
    "[no] that'll be all": 1, "place (my | the) order": 2, "nothing else": 1, "[no] i'm good": 1,
    "i'd like to pay": 1, "what's in my (order | cart)": 3, "what is in my (order | cart)": 3,
    "what do i have in my (order | cart)": 1, "add (it | that) to (my cart | my order | cart)": 4,
    "[no] that is (all | it | everything)": 4, "[no] that will be all": 1, "i am (done | ready | finished)": 1,
    "(that's | that is) all (thank you | thanks)": 2, "i am ready to order": 1, "let us check out": 1,
    "what is my total": 1, "what is on the menu": 1,
    "how much is (my order | everything)": 1,
    "(that's | that is | that will be) all [and] (check out | checkout)": 6, "(show | read) [me] my (order | cart)": 3,
    "what's my total": 2, "how much is (it | that | my order)": 2, "what do i have [so far]": 1, "read it back": 1,
    "what did i order": 1, "(clear | empty | cancel) my (order | cart)": 1, "start over": 1,
    "(remove | cancel | undo) (that | it)": 2, "actually remove (it | that)": 1, "take (it | that) off": 1,
    "what's on the menu": 3, "what do you have": 3, "what can i get": 1, "[what] do you recommend": 1,
    "what's good": 1, "what's there to eat": 1, "(what | anything) else [do you have]": 2, "[tell me] more": 1,
    "next": 1, "(what | which) restaurants (do you have | are there)": 2, "find restaurants": 1,
    "what do you know about me": 1, "who am i": 1,
    "[can i | i'd like to | i want to] (talk | speak) to (a person | someone | a human | the manager)": 2, "help": 1,
    "[can i] (see | show) (it | my order) on (my phone | my computer | a screen)": 1,
    "[a] (person | human | operator)": 1, "thank you [very much]": 7, "thanks": 3, "(bye | goodbye | bye bye)": 2,
    "thank you (bye | goodbye)": 4,
    "(thank you | thanks) [very much] (bye | goodbye | bye bye)": 3, "okay (bye | goodbye)": 1,
    "have a good (day | night)": 1,
    "[i'll have | can i get] (the | my) usual [please]": 2, "[the] same as last time": 2, "my pin": 1,
    "what did i (order | have) last time": 1, "(where's | where is) my order": 2, "is my order ready": 1,
    "forget me": 1, "cancel (my last order | the order i just placed)": 1,
    "(yes go on | [yes] (keep going | continue)) [please]": 1,
    "(spanish [please] | do you speak spanish | espanol)": 1,
    "(hi | hello | hello there | good morning | good evening)": 2, "(hold on | one moment | just a second)": 1,
}  # fmt: skip
CLOSINGS: dict[str, int] = {
    "that's (all | it | everything)": 4, "[and] (checkout | check out)": 3, "and that's (all | it)": 2,
    "and i'm ready to order": 1,
}  # fmt: skip
ABOUT_SECTIONS: dict[str, int] = {
    "what": 3, "what kind of": 1, "show me [the]": 1, "do you have [any]": 1, "tell me the": 1, "[the]": 2,
    "what do you have for": 1,
}  # fmt: skip
ABOUT_TAGS: dict[str, int] = {
    "do you have (anything | something) [that's]": 3, "what's": 1, "what (is | do you have that's)": 1, "anything": 2,
    "something": 1, "i want something": 1, "what (dishes | food) (is | are)": 1,
}  # fmt: skip
ABOUT_CUISINES: dict[str, int] = {
    "find [me] [a]": 3, "[i'd like | i want]": 2, "do you have [any]": 2, "what": 1, "show me [the]": 1,
    "i feel like": 1, "i'm in the mood for": 1,
}  # fmt: skip
ABOUT_RESTAURANTS: dict[str, int] = {
    "what's on the menu at": 3, "what do you have at": 1, "what's good at": 1, "the menu at": 1,
    "show me the menu (at | of | for)": 2, "what do they have at": 1, "tell me about": 1, "find": 1, "[the]": 2,
}  # fmt: skip
SHOWN: dict[str, int] = {
    "(it | that | that one | this one | those | both | both of them)": 3,
    "the (first | second | third | last) [one]": 4, "number (one | two | three)": 1,
}  # fmt: skip
MAKINGS: dict[str, int] = {
    "make (it | that)": 6, "make them": 1, "can you make (it | that)": 2, "no make (it | that)": 1,
    "actually make (it | that)": 1,
}  # fmt: skip
MAKE_IT = "make it [a] | i'd like | i'll have | the | can i get"
ADD_TO_IT = "make it | add | can i (get | have) it | i'd like it"
TAKE_IT = "/3/ no | /5/ add | /1/ remove | /3/ i'll take | /2/ i want"
SWAP = "(change | swap | replace) (it | that | the <part> one | /4/ the <dish>) (to | for | with)"

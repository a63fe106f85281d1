"""Phrases that words of their own follow, as data."""

from __future__ import annotations

from phone_agent.understanding.kinds import Kind

OPEN_PHRASES: dict[Kind, tuple[str, ...]] = {
    Kind.ADD: (
        "add [in|on]", "(put|throw|toss) [in|on|me down for]", "[(can|could|may|will|would) (i|you|we)] add [in|on]",
        "[and] also add", "(can|could|would|will) you (add|put|include|throw in|get me|give me|make me|bring me)",
        "i want to add", "i would like to add", "lets add", "i will add", "(go ahead and) add", "order me",
        "include",
    ),
    Kind.WANT: (
        "(i|we) (want|need|would like|will have|will take|would love|will get|will do|will go with|will "
        "order|am going to have|am going to get|am having|fancy|think i will have|am gonna have)",
        "i want to (order|get|have|eat|try)", "i would like to (order|get|have|try|eat)",
        "(can|could|may) (i|we) (get|have|order|try|do|please have|please get|grab|also get|also have)",
        "(give|get|bring|make) (me|us)", "let me (get|have|do|try|order)", "lets (get|do|have|go with|try)",
        "i am going to (get|have|order)", "i am (craving|after|in the mood for|feeling|thinking)", "i feel like",
        "(i|we) could (go for|eat|use)", "i will try", "would like", "order", "i am going with",
        "do you mind adding", "make mine", "my wife (wants|would like)", "my husband (wants|would like)",
        "(he|she) (wants|would like)", "how about", "what about", "is it possible to get", "i am hungry for",
        "i like", "i love", "gonna have", "want", "looking to get", "also (want|get|have)",
        "i also (want|need|would like)", "give me", "take", "i choose", "i pick", "i will pick", "we are going to have",
    ),
    Kind.REMOVE: (
        "(remove|delete|drop|cancel)", "take (off|out|away|back)", "get rid of", "(i|we) do not (want|need)",
        "[can|could] [you|i|we] (remove|delete|drop|cancel|take off|take out)",
        "(lose|scratch|forget|skip|leave off|leave out|ditch|no more)", "forget about", "i changed my mind about",
        "i would like to (remove|cancel)", "i want to (remove|cancel|get rid of)", "lets (remove|drop|skip)",
        "hold off on", "i (do not|no longer) (want|need)", "never mind the", "i will skip",
    ),
    Kind.MAKE: (
        "make (it|that|this|them|those)", "[can|could] [you|we|i] make (it|that|this|them|those)", "make",
        "(change|switch|turn) (it|that|this|them|those) (to|into|for)",
        "i would like (it|that) (to be|with|without)",
        "(can|could) (i|you|we) (have|get|make|do) (it|that) (with|without)",
        "(have|get|do) (it|that) (with|without)", "i (want|meant) (it|that) (to be|with|without)",
        "update (it|that) to", "lets make (it|that)", "i want (it|that)", "increase (it|that) to",
        "(change|set|update) the quantity to", "can i (have|get) that as", "(can|could) you make", "can we make",
    ),
    Kind.SWAP: (
        "(change|swap|switch|replace|exchange|substitute|trade|update)",
        "[can|could] [i|you|we] (change|swap|switch|replace|exchange|substitute)",
        "i would like to (change|swap|switch|replace)", "i want to (change|swap|switch|replace)",
    ),
    Kind.MEANT: (
        "i (meant|mean|said|asked for|ordered|wanted) [to say]", "i was asking for",
        "i (was thinking|would rather have|would prefer|prefer)", "not that",
    ),
    Kind.FIND: (
        "do you (have|got|serve|sell|make|do|carry|offer)", "have you got", "you have", "you got",
        "(are|is) there [any|a|an|some]",
        "(find|search for|search|look for|look up|looking for|get me a list of|list)", "i am looking for",
        "(show|tell) me [about]", "(can|could) you (find|show|recommend|suggest) [me]",
        "who (has|sells|serves|makes)", "where can i (get|find)", "any", "(what|how) about some", "got any",
        "i am interested in", "(can|could) i (see|hear|find)", "do they have", "recommend", "suggest",
        "help me find", "let me (hear|see)", "i want to (find|see|hear)", "i would like to (find|see|hear)",
        "can you tell me about", "what can you tell me about",
    ),
    Kind.ASK: (
        "what (kind|kinds|type|types|sort|sorts) of", "(what|which)", "what is", "what are", "what are (your|the)",
        "what is (in|on) the", "what do you have (for|in|with|on|at|from|that is)",
        "what is (good|on the menu|available|popular) (at|for|in|from)", "what is on the", "what does",
        "what (comes|goes) (with|on|in)", "(tell me|describe|explain)", "read me", "what have you got (for|in|with)",
        "menu (for|at|of|from)", "the menu (for|at|of|from)", "what do (they|you) have (at|for)",
        "what can i get (at|from|for)", "what is there (for|at)",
        "(show|give|read|tell) me (the|your) menu (for|at|of|from)",
        "what (is|are) the (options|choices) (for|on|with)",
    ),
    Kind.PRICE: (
        "how much (is|are|for|does|do|would|will|costs|cost)", "how much", "what (does|do) it cost for",
        "(what is|what are|tell me|give me) the (price|cost|prices) (of|for|on)", "what (is|are) the price",
        "(price|cost) (of|for|on)", "what would it cost for", "how expensive (is|are)", "price check on",
        "what do you charge for",
    ),
    Kind.IS: (
        "(is|are) (the|your|that|it|this|those|they|there any)",
        "(does|do) (the|your|that|it|this|those|they) (have|contain|come with|include)", "does",
        "(is|are)", "what is in (the|your|that|it|this)", "does it (have|contain|come with|include)",
        "what (comes|is) (on|in|with) (the|your|that|it)", "what is in",
    ),
    Kind.TIME: (
        "how (long|soon)", "how (much|many) (time|longer|minutes)",
        "(when|what time) (will|can|could|would|should) (it|that|they|this|my|the|i|we|everything)",
        "when is (it|that|this|my order|everything|the food)", "(will|would|does) (it|that|this) take",
        "(will|would) (it|that|my order|everything|the food) be (long|ready|done)",
        "(is|are) (it|that|they|my order|everything|the food) ready", "[is there|will there be] a [long] wait",
        "what is the wait", "(can|could|may|should) (i|we) (pick|collect) (it|that|them|my order|the order|this)",
    ),
    Kind.ALLERGY: (
        "[i am|we are|he is|she is|they are|my (wife|husband|son|daughter|kid|friend) is] allergic to",
        "[(i|we) have|i have got|(he|she) has|my (wife|husband|son|daughter|kid|friend) has] [a|an] [severe|serious|"
        "bad] (peanut|nut|tree nut|shellfish|fish|seafood|dairy|milk|egg|wheat|gluten|soy|sesame|lactose|food) "
        "(allergy|allergies|intolerance)", "(i|we) have [a|an|some] [food] (allergy|allergies) [to]",
        "(is|are) (it|that|this|they|everything|the food) safe [for]",
    ),
}  # fmt: skip

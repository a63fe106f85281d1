"""Phrases that are a whole wish by themselves, as data."""

from __future__ import annotations

from phone_agent.understanding.kinds import Kind

COMPLETE_PHRASES: dict[Kind, tuple[str, ...]] = {
    Kind.YES: (
        "(yes|yeah|yep|sure|okay|correct|right|absolutely|definitely|perfect|great|certainly|exactly|fine|"
        "indeed|good)",
        "(yes|yeah|yep|sure) (i do|it is|that is right|that is correct|sounds good|go ahead|of course|that "
        "works|thank you|thanks)", "yes yes", "of course", "go ahead", "sounds (good|great|right|perfect)",
        "all right", "all good", "(that is|it is|that sounds) (right|correct|good|great|fine|perfect|okay)",
        "that works", "you bet", "looks good", "uh huh", "i do", "do it", "that will be fine", "i would love that",
        "why not", "no problem", "no changes", "yes (that is|it is) (all )(right|correct|good)",
        "everything is (right|correct|good|fine)", "sure thing",
    ),
    Kind.NO: (
        "(no|nope|nah|negative)", "no (thank you|thanks)", "not (yet|now|quite|today)", "no no", "wait [wait]",
        "hold on a second", "(no|wait) (that is|it is) (wrong|not right|incorrect)",
        "(that is|it is) (wrong|not right|not it|incorrect|not correct)",
        "i (do not|did not) (want that|want it|think so)", "never mind", "forget it", "forget about it", "neither",
        "none", "(neither|none) of (them|those|these)", "not that one", "stop", "not right now",
        "do not (confirm|place it|do that|order that|order it)",
        "[no] (i want to|i would like to|let me|lets|can i|could i) (change|edit) ((my|the) order|it|that|"
        "something)", "[no] (change it|change the order|change my order|change something)", "[no] go back",
        "i changed my mind",
    ),
    Kind.CONFIRM_ORDER: (
        "[yes] confirm [(my|the|this|that)] [order|it]", "[yes] confirm (it|that)", "[yes] i confirm",
        "[yes] confirmed", "yes confirm", "confirm", "[yes] place (it|that)", "[yes] (order|submit|send) it",
        "[yes] go ahead and (place|order) it", "[yes] (place|submit|send|put in) (my|the|that|this) order",
        "i would like to confirm [(my|the) order]",
    ),
    Kind.CHECKOUT: (
        "[lets|let us|(i want|i would like|i am ready|ready|can i|could i|i will|we will|go ahead) [to|and]] "
        "checkout [now]", "(proceed|go) to checkout", "take me to checkout", "checkout [my|the] order",
        "[i am|we are] (ready to|going to) (order|pay|checkout|place my order|place the order|finish)",
        "i am (ready|done|finished|all set)", "we are (ready|done|finished|all set)",
        "(i want|i would like|can i|could i|lets|let me|i am ready|ready) [to] (pay|place (my|the|this) "
        "order|finish (my|the) order|complete (my|the) order)", "(finish|complete|finalize) (my|the) order",
        "[no] (that is|that will be|that would be|that will do|it is) (all|it|everything) [for (me|now|today|us)]",
        "that will do [it]", "[no] i am (good|okay|done|all set)", "nothing else", "[no] nothing more", "all done",
        "[no] [(i|we)] do not (want|need|add) (anything|any thing) (else|more)", "that is (enough|plenty)",
        "i think that is (it|all|everything)", "ring (me|it) up", "[can i] pay now", "that is my order",
        "[no] that is (all|everything) thank you", "that completes (my|the) order",
    ),
    Kind.VIEW: (
        "what (do i have|have i got|did i order|have i ordered) [so far|right now|now]",
        "what (is|do i have|have i got) in (my|the) (order|cart|basket|bag) [so far|right now|now]",
        "what did i (get|order)",
        "[can you|could you] (show|read|tell|give|review|see|view|check|list) [me|back|to me] (my|the) "
        "(order|cart|basket|bag|total)",
        "[can i|could i|let me|i want to|i would like to] (see|hear|view|check|review) (my|the) (order|cart|"
        "basket|bag|total)", "(my|the) (cart|order|total)", "what is (my|the) total", "what is the damage",
        "how much (is it|is that|is everything|is the total) [all together|altogether|so far|in total|total]",
        "how much (do i owe|will that be|will it be|would that be|is my order|is the order|am i paying|am i "
        "at|does it come to|does that come to)", "(read|say) (it|that|my order|the order) back [to me]",
        "what does (it|that|everything|my order) (come to|cost)", "read back (my|the) order",
        "what have i (got|ordered|added) [so far]",
        "(what|how much) is (my|the) (order|bill|cart|subtotal|total) [so far|now]", "(my|the) order so far",
        "what is it (come to|so far)", "what (is|does) (that|it) come to",
        "what was (my|the) total", "how much was (it|that|everything|my order|the order|the total)",
        "what are we at", "where are we",
        "(the) total [please]",
    ),
    Kind.CLEAR: (
        "(clear|empty|delete|cancel|reset) (my|the|this|that) (order|cart|basket|bag|whole order|whole thing|"
        "entire order)",
        "(remove|delete|cancel|clear|drop) (everything|it all|all of it|them all|all of them|the lot)",
        "start (over|again)", "[lets|can we|i want to|i would like to] start (over|again|from scratch)",
        "cancel (my|the) whole order", "take everything (off|out)", "(forget|scrap) the whole (thing|order)",
    ),
    Kind.UNDO: (
        "(cancel|undo|scratch|delete|remove|forget|drop|lose) (that|it|this)[ one]",
        "(take|leave) (that|it) (off|out|away|back)",
        "(remove|delete|drop|cancel|undo|scratch) the last (one|thing|item|dish)", "take (off|out) (that|it)[ one]",
        "get rid of (it|that)[ one]", "i do not want (it|that one|this one) any more",
        "i do not need (it|that) [any more]", "undo",
    ),
    Kind.MENU: (
        "what (is|do you have|have you got|else is|all is) on (the|your) menu",
        "what do you have [today|to eat|available|there|here]", "what have you got",
        "[can you|could you] (show|read|tell|give) me (the|your) menu",
        "[can i|could i|let me|i want to] (see|hear|have|look at) (the|your) menu", "(the|your) menu", "menu",
        "what can i (get|order|have|eat)", "what do you (serve|sell|offer|make|recommend)",
        "what is (good|available|there|popular|for dinner|for lunch)", "what are (my|the) (options|choices)",
        "what (dishes|food|kind of stuff) do you (have|serve)",
        "what is there [to eat]", "i am hungry", "[what] do you recommend [anything]", "what would you recommend",
        "what are your (dishes|specials|recommendations)",
    ),
    Kind.MORE: (
        "what else [is there|do you have|have you got|can i get]",
        "[show me|tell me|are there|is there|any|some] more [options|dishes|please|choices]", "anything else",
        "is there anything else", "do you have (anything|something) else",
        "(tell|show) me (the rest|some others|others)", "what are the (others|other ones)",
        "(keep going|go on|continue|next)", "(the|and the) rest", "any others", "other options", "something else",
        "[the] next (ones|page|three)",
    ),
    Kind.RESTAURANTS: (
        "(what|which) (restaurants|places) (do you have|are there|are near me|are around|are open|can i "
        "order from|are nearby|deliver)", "(find|show|list|tell) [me] [the|all] restaurants [nearby|near me]",
        "where can i (order|eat) [from]", "(what|which) restaurants", "restaurants [near me]", "who do you have",
        "(find|list) (a|some) (restaurant|restaurants)",
        "what (cuisines|(kind|kinds|type|types|sort|sorts) of (food|foods|cuisine|cuisines|restaurant|restaurants)) "
        "(do you have|do you serve|do you offer|are there|is there|have you got)",
    ),
    Kind.PROFILE: (
        "what do you know about (me|us)", "(who am i|do you know me|do you know who i am)",
        "what is (my|our) (profile|name|address|usual|location|account)",
        "(show|tell|read) me my (profile|preferences|account|details)",
        "(tell|show) me about (me|my profile|my account)", "my (profile|preferences|account)",
        "where do (i|we) live", "what do i (like|usually order|usually get)",
        "what (are my|is my) (preferences|favorites|favorite|diet)", "where (are you|is it) delivering to",
        "what did i order last time",
    ),
    Kind.REPEAT: (
        "[can you|could you|would you] (repeat|say) (that|it|this|yourself) [again] [for me]",
        "[can you|could you] repeat [that] [for me]", "say (that|it) (again|one more time|once more)", "come again",
        "(what|pardon|sorry|excuse me)", "what did you [just] say", "what was that",
        "i (did not|could not) (hear|catch|get|understand) (that|you|it)", "(one more time|once more|again)",
        "pardon me", "i beg your pardon", "huh", "say again", "i can not hear you",
    ),
    Kind.PERSON: (
        "[(can|could|would|will) (you|someone|somebody)|i want you to] (call|ring|phone) me back [later]",
        "[i want to|i would like to|let me|i need to|can i|could i] (speak|talk) (to|with) (a|an|the) [real|"
        "live] (person|human|agent|operator|representative|manager|human being)",
        "[(can|could|may) i|i want to|i would like to|let me|i need to] (speak|talk) (to|with) (someone|"
        "somebody|staff|customer service|support|the restaurant|the kitchen|your manager)",
        "[a] (person|human|operator|representative|real person|agent|manager)",
        "(call|get|find) (a|me a|me the|the) [real] (person|human|manager|operator|representative|supervisor)",
        "(transfer|connect|put) me [through] [to (someone|somebody|a person|a human|the restaurant|staff|a "
        "manager|an agent|an operator|a representative)]", "customer service",
        "i (want|need) (a|an) [real] (person|human|operator|agent|representative)",
        "is there a (real person|person|human) [there]", "get me (someone|somebody)",
        "(i want|i need|i would like) to speak to (someone|somebody|a person|a human|a manager)",
    ),
    Kind.SCREEN: (
        "[can i|could i|may i|i want to|i would like to|is there a way to|let me] (see|watch|look at|view|have|get) "
        "(it|that|this|my order|the order|the menu|my cart|everything) on (my|a|the) "
        "(phone|screen|computer|tablet|laptop|browser)",
        "[can you|could you|please] (show|send|put) [me] (it|that|this|my order|the order|the menu|my cart) (on|to) "
        "(my|a|the) (phone|screen|computer|tablet|laptop|browser)",
        "(is there|do you have) (a|some) (page|screen|web page|website) [i can (look at|see|use)]",
        "[can i|could i] (order|confirm|do (it|that|this)) (online|on the web|on a screen|on my screen)",
    ),
    Kind.HELP: (
        "help [me]", "[can you] help me", "what can (you do|i say|i do|you help me with)", "how does (this|it) work",
        "how do i order", "what do i (do|say) [now]", "i need help",
    ),
    Kind.THANKS: (
        "(thank you|thanks) [so much|very much|a lot|a million]", "(many|great|perfect|okay) thanks",
        "i appreciate (it|that)", "cheers", "much appreciated", "thanks for your help", "thank you for your help",
    ),
    Kind.GOODBYE: (
        "(bye|good bye|bye bye|see you|see you later|see ya|take care|good night)",
        "(thank you|thanks) (bye|good bye)", "have a (good|nice|great) (day|night|evening|one)", "you can hang up",
        "hang up", "end (the|this) call", "i have to go", "talk to you later", "that is all good bye",
        "i am hanging up",
    ),
    Kind.GREETING: (
        "(hi|hello|hey|howdy|hiya|greetings) [there|again]", "good (morning|afternoon|evening)",
        "how are you [doing] [today]", "how is it going", "what is up", "are you (there|still there)",
        "anybody there", "is (anybody|anyone|someone) there", "can you hear me",
        "(this is|my name is|i am calling from) (me|home)",
        "i am calling to (order|place an order|order food|order some food)",
        "i (want|would like) to (order|place an order) [food|some food|something|dinner|lunch]",
        "can i (place an order|order|order something|order some food|order food)",
        "i am looking to order [food|something]", "i need to (order|place an order)",
    ),
    Kind.PAUSE: (
        "(hold on|one moment|one second|just a (moment|second|minute)|give me a (moment|second|minute)|hang "
        "on|let me think|let me see|wait a (second|minute|moment))", "(a|one) (second|moment|minute)",
    ),
    Kind.KEEP: (
        "[i want to|i would like to|i will|lets|just|can i|let me] (keep|leave) (it|that|them|everything) "
        "[as it is|like that|like this|as is|the way it is|alone]", "(it|that) is (fine|okay) (as it is|like that)",
    ),
    Kind.AUTOMATED: (
        "(are you|is this|am i (talking|speaking) (to|with)) [a|an] [real|live|actual] (robot|person|human|human being|"
        "machine|computer|bot|ai|recording|automated|automated assistant|real)",
        "who am i (talking|speaking) (to|with)", "(who|what) are you",
    ),
    Kind.PAYMENT: (
        "do (i|we) (have to|need to) pay [now|first|right now|here|in advance|by card|today]",
        "(can|could|may) (i|we) pay (by|with|in) [a|my|the] [credit|debit|gift] (card|cash|check|apple pay)",
        "(can|could|may) (i|we) pay (later|there|at pickup|at the restaurant)",
        "(how|when|where) (do|can|should|would) (i|we) pay [for (it|this|that)]",
        "(can|could|may|shall|should) (i|we) give you (a|my|the) [credit|debit] card [number]",
        "do you (need|want) (a|my|the) [credit|debit] card [number]", "(here is|take) my [credit|debit] card",
        "do you (take|accept) [credit|debit] (cash|card|cards|checks|apple pay|visa|mastercard|american express)",
    ),
    Kind.UNCLEAR: (
        "unclear",
    ),
}  # fmt: skip

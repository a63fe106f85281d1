"""A small grammar to listen with."""

from phone_agent.voice.offline.grammar import Grammar

JSGF = """#JSGF V1.0;
grammar food;
public <said> = <order> | <answer> | how much is the <dish>;
<order> = [i'd like | can i get | i want | and] <item> [and <item>] [please];
<item> = [a | one | two | three] <dish> [without onions];
<dish> = strawberry cheesecake | strawberry cheesecakes | vanilla cheesecake | pad thai | green curry | fish tacos
       | grilled salmon | caesar salad | chicken quesadilla | spring rolls | tom yum soup;
<answer> = yes | no | one | two | yes please | that's all | what do you have;
"""


def food() -> Grammar:
    return Grammar.spoken(JSGF)

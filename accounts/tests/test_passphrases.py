"""The words that children read, remember and type."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from accounts.passphrases import WORD_COUNT, new_pass_phrase, new_seed, pass_phrase_from, words

# Groups of common English words that sound alike: one of each at most may be in the list.
SOUND_ALIKE = """
air heir | aisle isle | allowed aloud | ate eight | bare bear | base bass | be bee | beach beech | bean been | beat
beet | berry bury | blew blue | board bored | brake break | bread bred | buy by | capital capitol | carat carrot |
ceiling sealing | cell sell | cellar seller | cent scent sent | cereal serial | check cheque | chilli chilly | choir
quire | chord cord | clause claws | coarse course | council counsel | creak creek | currant current | cymbal symbol |
dear deer | desert dessert | dew due | die dye | draft draught | dual duel | ewe yew you | fair fare | feat feet | fir
fur | flair flare | flea flee | floe flow | flour flower | for four | forth fourth | foul fowl | gait gate | grate
great | groan grown | guessed guest | hail hale | hair hare | hall haul | hangar hanger | hart heart | heal heel |
hear here | heard herd | higher hire | hoarse horse | hole whole | idle idol | in inn | key quay | knead need | knight
night | knot not | know no | lead led | leak leek | lessen lesson | lightening lightning | links lynx | loan lone |
made maid | mail male | main mane | maize maze | manner manor | medal meddle | meat meet | metal mettle | miner minor
| missed mist | moose mousse | morning mourning | muscle mussel | naval navel | new knew | none nun | oar ore | one
won | pail pale | pain pane | pair pear | palate palette | passed past | patience patients | pause paws | peace piece
| peak peek | pedal peddle | peer pier | plain plane | plum plumb | pole poll | pore pour | practice practise | pray
prey | principal principle | profit prophet | quarts quartz | rain reign rein | raise rays | rap wrap | read red |
real reel | right write | ring wring | road rode | role roll | root route | rose rows | rung wrung | rye wry | sail
sale | sauce source | scene seen | sea see | seam seem | sew so | shake sheikh | side sighed | site sight | soar sore
| sole soul | some sum | son sun | stair stare | stake steak | stationary stationery | steal steel | storey story |
straight strait | suite sweet | sundae sunday | tail tale | tea tee | team teem | their there | threw through | throne
thrown | thyme time | tide tied | tire tyre | toad towed | toe tow | to too two | vain vein | wail whale | waist waste
| wait weight | warn worn | way weigh | weak week | weather whether | which witch | wood would | colour color | favour
flavour | center centre | theater theatre | meter metre | grey gray | accept except | affect effect | advice advise |
angel angle | dairy diary | loose lose | quiet quite
"""
# Rude, frightening or mocking, alone or beside some other word of a list like this one.
UNFIT = """
adult anal arse ass bald ball balls bang banger bare bastard beaver bed beer bitch black blind blood blow bomb bone
bones boob booty bra breast bum bush butt cheek chest chink cock cocktail coffin corpse crack crap creep cripple cum
damn dead death devil dick dirty dope drug drugs drunk dumb dummy dyke evil fag fairy fart fat finger fool freak gay
ghost gin gun hand hard hardcore hate hell hoe homo hooker horn horny hot hump hussy idiot jerk job juicy kill killer
kiss knife knob lick lips loser lover lust lusty mad master melon moan mole moron mount murder naked nasty naughty
nazi negro nipple nude nut nuts oral organ orgy paddy pansy pee penis pig pipe piss poison poo porn pound prick prison
pube pussy queer rape rat retard rod rubber rum savage screw semen sex sexy shag shaft shit sick slave slut snot spank
spastic spit stiff stroke stupid suck suicide tart thigh throat tight tit tits toss tosser tramp trash turd twat ugly
urine vagina virgin vodka wang wank war weapon wee weed weird wet whip whore willy wine witch womb
"""


def test_there_are_enough_common_short_words() -> None:
    assert len(words()) >= 2000
    assert [word for word in words() if not re.fullmatch("[a-z]{3,8}", word)] == []


def test_they_stand_in_order_and_once() -> None:
    assert [pair for pair in pairwise(words()) if pair[0] >= pair[1]] == []


def test_none_sounds_like_another() -> None:
    groups = [set(group.split()) for group in SOUND_ALIKE.split("|")]

    assert [group & {*words()} for group in groups if len(group & {*words()}) > 1] == []


def test_none_is_unfit_for_children() -> None:
    assert {*UNFIT.split()} & {*words()} == set()


def test_one_slip_of_a_key_never_makes_another_word() -> None:
    seen: dict[str, str] = {}
    for word in words():
        for at in range(len(word)):
            assert seen.setdefault(f"{word[:at]}?{word[at + 1 :]}", word) == word
            assert f"{word[:at]}{word[at + 1 :]}" not in words()
        for at in range(len(word) - 1):
            swapped = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
            assert swapped == word or swapped not in words()


def test_a_phrase_has_four_words_fifteen_characters_and_forty_bits() -> None:
    shortest = min(map(len, words()))

    assert (WORD_COUNT, WORD_COUNT * shortest + WORD_COUNT - 1) == (4, 15)
    assert WORD_COUNT * math.log2(len(words())) > 44
    assert {*new_pass_phrase().split("-")} <= {*words()}


@pytest.mark.parametrize("make", [lambda n: new_pass_phrase(), lambda n: pass_phrase_from("seed", n)])
def test_hardly_any_two_are_the_same(make: object) -> None:
    assert len({make(number) for number in range(3000)}) == 3000  # type: ignore[operator]


def test_a_seed_and_a_number_always_give_the_same_phrase_and_another_seed_another() -> None:
    seed = new_seed()

    assert pass_phrase_from(seed, 1) == pass_phrase_from(seed, 1)
    assert pass_phrase_from(seed, 1) != pass_phrase_from(new_seed(), 1)


def test_a_seed_is_worth_nothing_without_the_servers_key(settings: object) -> None:
    before = pass_phrase_from("seed", 1)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]

    assert pass_phrase_from("seed", 1) != before


def test_every_word_comes_up() -> None:
    phrases = (pass_phrase_from("seed", number).split("-") for number in range(12_000))

    assert {word for phrase in phrases for word in phrase} == {*words()}

"""Words that hold Tajik sentences together, and what share of a text they are.

A closed list: prepositions, conjunctions, pronouns, particles, and the forms of "be", "become", "do", "have" that end
sentences. Each also as it is typed without ғ ӣ қ ӯ ҳ ҷ. Running prose holds them as every third or fourth word; lists of
names, menus, price lists and tables hold next to none.
"""

from collections.abc import Iterable

from soro.tajik.restore.letters import take_letters

PREPOSITIONS = (
    "дар ба аз бо барои то бар бе зи ҷуз назди зери болои байни пеши паси миёни тарафи ҷониби оид роҷеъ мувофиқи"
)
CONJUNCTIONS = (
    "ва ки вале аммо лекин ё агар зеро чун чунки балки ҳам низ на пас яъне гарчанде вақте инчунин бинобар ҳарчанд"
)
PRONOUNS = (
    "як ман ту ӯ вай мо шумо онҳо ин он инҳо ҳамин ҳамон чунин чунон худ худи худро худаш яке касе кас чизе чӣ кӣ чаро кадом "
    "чанд ҳар ҳама ҳамаи баъзе дигар дигаре ҳеҷ якдигар маро туро ӯро моро шуморо онро онҳоро инро чист кист"
)
PARTICLES = (
    "ҳатто танҳо боз ҳанӯз бисёр хеле ҳоло акнун магар оё не ҳа бале шояд бояд ро сипас баъд инак қариб ҳамеша "
    "фақат дигарон"
)
VERBS = (
    "аст ҳаст ҳастанд нест нестанд буд буданд набуд будааст будаанд бошад бошанд набошад мебошад мебошанд шуд шуданд шудааст "
    "шудаанд шуда шавад шаванд мешавад мешаванд мешуд намешавад кард карданд кардааст кардаанд карда кунад кунанд мекунад "
    "мекунанд мекард мекарданд намекунад кардан шудан дорад доранд дошт доштанд надорад гуфт гуфтанд дод доданд додааст дода "
    "медиҳад медиҳанд гардид гардидааст мегардад метавонад метавонанд намуд намуданд намудааст менамояд мегӯяд омад омадааст "
    "меояд рафт"
)
_WRITTEN = frozenset(" ".join((PREPOSITIONS, CONJUNCTIONS, PRONOUNS, PARTICLES, VERBS)).split())
STOP_WORDS = _WRITTEN | {take_letters(word) for word in _WRITTEN}


def stop_word_share(words: Iterable[str]) -> float:
    """Share, 0 to 1, of `words` (lower-case) that are stop words; 0 for no words."""
    found = [word in STOP_WORDS for word in words]
    return sum(found) / max(1, len(found))

"""The regular inflection of Tajik nouns and verbs, as school grammars and the spelling rules of 1998 give it.

A verb is given by its infinitive with the words that belong before it ("дар боғ кор кардан"); only the infinitive is
inflected. Persons are "1sg" to "3pl".
"""

from soro.core.errors import SoroError

PERSONS = ("1sg", "2sg", "3sg", "1pl", "2pl", "3pl")
PERSON_OF = {"ман": "1sg", "ту": "2sg", "мо": "1pl", "шумо": "2pl", "онҳо": "3pl"}

POSSESSIVE = dict(zip(PERSONS, ("ам", "ат", "аш", "амон", "атон", "ашон"), strict=True))
PERSONAL = dict(zip(PERSONS, ("ам", "ӣ", "ад", "ем", "ед", "анд"), strict=True))
PAST = PERSONAL | {"3sg": ""}
PERFECT = PERSONAL | {"3sg": "аст"}
NEGATION = "на"
SOFT = {"а": "я"}  # what the first vowel of an ending becomes after й, о, у, ӯ

PRESENT_STEMS = {
    "андохтан": "андоз",
    "баромадан": "барой",
    "бастан": "банд",
    "бофтан": "боф",
    "будан": "бош",
    "бурдан": "бар",
    "гаштан": "гард",
    "гирифтан": "гир",
    "гузаштан": "гузар",
    "гурехтан": "гурез",
    "гуфтан": "гӯй",
    "даромадан": "дарой",
    "дидан": "бин",
    "додан": "диҳ",
    "доштан": "дор",
    "дӯхтан": "дӯз",
    "ёфтан": "ёб",
    "задан": "зан",
    "истодан": "ист",
    "кандан": "кан",
    "кардан": "кун",
    "кофтан": "ков",
    "кушодан": "кушой",
    "мондан": "мон",
    "навиштан": "навис",
    "нишастан": "шин",
    "овардан": "овар",
    "омадан": "ой",
    "омӯхтан": "омӯз",
    "партофтан": "партой",
    "пухтан": "паз",
    "рафтан": "рав",
    "рехтан": "рез",
    "рӯфтан": "рӯб",
    "сохтан": "соз",
    "сӯхтан": "сӯз",
    "тавонистан": "тавон",
    "фурӯхтан": "фурӯш",
    "хестан": "хез",
    "хостан": "хоҳ",
    "хӯрдан": "хӯр",
    "чидан": "чин",
    "шикастан": "шикан",
    "шудан": "шав",
    "шустан": "шӯй",
}

SINGULAR_COMMANDS = {"баромадан": "баро", "даромадан": "даро", "додан": "деҳ", "кушодан": "кушо", "омадан": "биё"}


def bare(word: str) -> str:
    """The word as it is written before a suffix: final ӣ becomes и."""
    return word[:-1] + "и" if word.endswith("ӣ") else word


def izofat(word: str) -> str:
    return bare(word) + "и"


def object_marked(word: str) -> str:
    return bare(word) + "ро"


def indefinite(word: str) -> str:
    return bare(word) + "е"


def plural(word: str) -> str:
    return bare(word) + "ҳо"


def plural_of_people(word: str) -> str:
    """The plural in -он, -ён or -гон."""
    if word[-1] in "ая":
        return word + "гон"
    return bare(word) + ("ён" if word[-1] in "ӣоуӯ" else "он")


def joined(word: str) -> str:
    """The word with the conjunction -у or -ю: "китобу", "хонаю"."""
    return bare(word) + ("ю" if word[-1] in "аеиӣоуӯ" else "у")


def softened(word: str, ending: str) -> str:
    """Word and ending, with я for а after о, у, ӯ: "дӯстам", "бобоям"."""
    if ending and word[-1] in "оуӯ":
        ending = SOFT.get(ending[0], ending[0]) + ending[1:]
    return bare(word) + ending


def possessed(word: str, person: str) -> str:
    return softened(word, POSSESSIVE[person])


def copula(word: str, person: str) -> str:
    """The word as a predicate: "муаллимам", "донишҷӯям", "муаллим аст"."""
    return f"{word} аст" if person == "3sg" else softened(word, PERSONAL[person])


def split_verb(verb: str) -> tuple[str, str]:
    """What stands before the infinitive (with its space), and the infinitive."""
    before, space, infinitive = verb.rpartition(" ")
    return before + space, infinitive


def present_stem(infinitive: str) -> str:
    """The stem of the present: listed, or the infinitive without -идан, -дан. Raises SoroError where neither is known."""
    if infinitive in PRESENT_STEMS:
        return PRESENT_STEMS[infinitive]
    for ending, consonants in (("идан", ""), ("ондан", "он"), ("ёндан", "ён")):
        if infinitive.endswith(ending):
            return infinitive.removesuffix(ending) + consonants
    raise SoroError(
        f"verb {infinitive!r}: its present stem is not known; add it to PRESENT_STEMS of tajik/inflection.py"
    )


def present_form(infinitive: str, person: str) -> str:
    stem = present_stem(infinitive)
    if stem.endswith("й"):
        ending = PERSONAL[person]
        return stem[:-1] + SOFT.get(ending[0], ending[0]) + ending[1:]
    return stem + PERSONAL[person]


def past_stem(infinitive: str) -> str:
    return infinitive.removesuffix("ан")


def past_form(infinitive: str, person: str) -> str:
    return past_stem(infinitive) + PAST[person]


def participle(verb: str) -> str:
    """The past participle with what stands before it: "нома навишта"."""
    return verb.removesuffix("ан") + "а"


def past(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return before + negation + past_form(infinitive, person)


def present(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    form = present_form(infinitive, person)
    return before + negation + (form if infinitive == "доштан" else "ме" + form)


def imperfect(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return before + negation + "ме" + past_form(infinitive, person)


def subjunctive(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return before + negation + present_form(infinitive, person)


def perfect(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return before + negation + participle(infinitive) + PERFECT[person]


def pluperfect(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return f"{before}{negation}{participle(infinitive)} {past_form('будан', person)}"


def progressive(verb: str, person: str, negation: str = "") -> str:
    return f"{participle(verb)} {negation}истода{PERFECT[person]}"


def future(verb: str, person: str, negation: str = "") -> str:
    before, infinitive = split_verb(verb)
    return f"{before}{negation}{present_form('хостан', person)} {past_stem(infinitive)}"


def imperative(verb: str, person: str, negation: str = "") -> str:
    """The command to one ("2sg") or to many ("2pl")."""
    before, infinitive = split_verb(verb)
    if person == "2pl":
        return before + negation + present_form(infinitive, "2pl")
    return before + negation + (SINGULAR_COMMANDS.get(infinitive) or present_stem(infinitive))

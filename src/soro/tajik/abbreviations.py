"""Abbreviations of Tajik print, written with a full stop, and which of them may stand at the end of a sentence."""


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Before a name or a number: city, village, district, street, page, volume, professor, for example, see ...
BEFORE = listed(
    "с ш н д р ҷ к х т в деҳ ноҳ шаҳ ҷум вил кӯч хиёб маҳ саҳ сах ҷд расм рис ҷадв муқ ниг мас масалан тахм тақр муҳ"
    " проф акад дот дотс номз муал инж ген полк кап лейт серж ҳоҷ тав ваф п пп ст гр гл англ лот фр олм итол исп ӯзб"
    " mr mrs ms dr prof st v vs no fig vol pp ed eds al jr"
)
# After a number or at the end of a list: measures, money, "and so on". A capital letter after them begins a sentence.
AFTER = listed("ғ ҳ диг млн млрд трлн сом дир руб дол м см мм км кг г мг л т га дақ сон қ inc ltd co etc")
# A single capital letter after these words is a numeral or a mark, not an initial: "асри X.", "синфи А."
MARKED = listed("асри садаи синфи гурӯҳи витамини нуқтаи хати боби ҷилди қисми категорияи тарафи нақшаи шакли ҳарфи")

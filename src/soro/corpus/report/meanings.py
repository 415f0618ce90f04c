"""What reasons and tiers mean, in a sentence each. A reason that is not here is shown by its name alone."""

REASONS = {
    "unreadable": "No text came out of the file, page or record; the value says why.",
    "too-short": "Fewer characters than the recipe asks: min_chars of the corpus or of the source.",
    "too-long": "More characters than max_chars of the recipe.",
    "drop-pattern": "Matches the drop_pattern of its source; the value is what matched.",
    "other-language": "Not in the language of its source; the value is the evidence for that language, 0 to 1.",
    "exact-duplicate": "The same words in the same order as an earlier document, which stays.",
    "near-duplicate": "Shares nearly all runs of five words with an earlier document, which stays; the value is the estimated "
    "share (Jaccard similarity).",
    "mojibake": "Letters of a wrongly read encoding; the value is their share.",
    "machine-codes": "Codes of machines rather than words; the value is their share.",
    "random-letters": "Words that nobody can say; the value is their share.",
    "symbols": "Signs rather than letters; the value is their share of the visible characters.",
    "digits": "Digits rather than letters; the value is their share of the visible characters.",
    "duplicate-lines": "Lines that repeat within the document; the value is their share.",
    "duplicate-paragraphs": "Paragraphs that repeat within the document; the value is their share.",
    "top-ngram": "One run of words fills much of the document; the value is its share.",
    "duplicate-ngrams": "Runs of words that repeat within the document; the value is their share.",
    "navigation": "A menu or a list of links: short lines that end no sentence; the value is their share.",
    "few-stop-words": "Too few of the small words of running prose; the value is their share.",
    "template": "Nearly the same text as many others with names and numbers changed; the value is the share of the template.",
    "benchmark-item": "Holds an item of a benchmark; the value names it, contaminated.jsonl lists every match.",
}

TIERS = {
    "own": "written for the project",
    "public-domain": "in the public domain",
    "A": "an open licence is stated by its publisher",
    "B": "no licence stated, or for non-commercial use only",
    "C": "no licence stated, and the work of another publisher",
}

LANGUAGES = {
    "tg": "Tajik",
    "ru": "Russian",
    "uz": "Uzbek",
    "fa": "Persian",
    "ky": "Kyrgyz",
    "kk": "Kazakh",
    "tt": "Tatar",
    "ba": "Bashkir",
    "uk": "Ukrainian",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "sr": "Serbian",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "en": "English",
    "other": "another language",
    "und": "nothing to judge",
    "tgk": "Tajik",
    "rus": "Russian",
    "eng": "English",
}


def language(code: str) -> str:
    return LANGUAGES.get(code, code)

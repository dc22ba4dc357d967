"""The languages there are, so that a slip such as "sp" for Spanish is noticed."""

# ISO 639-1.
CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
# Letters that are often taken for a language and are those of a country, or of nothing.
_MEANT = {"sp": "es", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "cn": "zh", "ua": "uk", "gb": "en", "us": "en"}
_LETTERS = 2


def language_fault(code: str) -> str:
    """Say what is wrong with the letters of a language; empty when there is such a language."""
    letters = code.partition("-")[0]
    # Languages of three letters are too many to list; none of ours has one that also has two.
    if letters in CODES or len(letters) != _LETTERS:
        return ""
    meant = _MEANT.get(letters)
    hint = f" Did you mean {meant}?" if meant else ""
    return f"{code} is no language.{hint} Use its two letters, such as en for English or es for Spanish."

"""What must hold of an article and a claim before they are written. Nothing is repaired here."""

from __future__ import annotations

from collections.abc import Iterable

from mapdata.model import Article, Claim, Gazetteer

_SHOWN = 60


def article_faults(article: Article) -> list[str]:
    """Why an article cannot be stored, a sentence each; an empty list where it can."""
    faults = []
    if not article.id:
        faults.append("the article has no id")
    for name in ("text", "title", "outlet", "url", "lang"):
        value = getattr(article, name)
        if value is None:
            continue
        # PostgreSQL has no NUL in a text, and neither database a half of a surrogate pair.
        if "\0" in value:
            faults.append(f"the {name} holds a NUL character at {value.index(chr(0))}: is it a binary file?")
        elif not _encodable(value):
            faults.append(f"the {name} holds characters that are no Unicode text: read it with its encoding")
    return faults


def claim_faults(article: Article, claim: Claim, gazetteer: Gazetteer) -> list[str]:
    """Why a claim cannot be stored beside its article, a sentence each; an empty list where it can.

    The quote and each cue must stand in the article's text at their places, and site and actor in the
    gazetteer that the article was read with.
    """
    faults = []
    if claim.article != article.id:
        faults.append(f"it belongs to article {claim.article}, not to {article.id}")
    if claim.site not in gazetteer.sites:
        faults.append(f"site {claim.site!r} is not in gazetteer {gazetteer.version}")
    if claim.actor not in gazetteer.actors:
        faults.append(f"actor {claim.actor!r} is not in gazetteer {gazetteer.version}")
    spans = [("quote", claim.quote, claim.start, claim.end)]
    spans += [("cue", cue.text, cue.start, cue.end) for cue in claim.cues]
    for name, words, start, end in spans:
        # A negative start would count from the end of the text, and might even fit there.
        if not 0 <= start < end <= len(article.text):
            faults.append(
                f"{name} {_short(words)} has the span {start}:{end} in a text of {len(article.text)}"
            )
        elif article.text[start:end] != words:
            faults.append(f"{name} {_short(words)} is not what the text has at {start}:{end}")
    if not 0.0 <= claim.score <= 1.0:
        faults.append(f"score {claim.score} is not between 0 and 1")
    written = (claim.attribution.text, claim.attribution.credited, claim.attribution.credited_on)
    if any("\0" in words or not _encodable(words) for words in written if words):
        faults.append("its attribution holds characters that are no Unicode text")
    return faults


def sound(
    article: Article, claims: Iterable[Claim], gazetteer: Gazetteer
) -> tuple[tuple[Claim, ...], list[str]]:
    """The claims that can be stored, and for each of the others the sentence that says why not.

    Of two claims of one (site, actor, status) the second is refused.
    """
    kept: dict[tuple[str, str, str], Claim] = {}
    faults = []
    for claim in claims:
        key = (claim.site, claim.actor, claim.status)
        found = claim_faults(article, claim, gazetteer)
        if not found and key in kept:
            found = ["an article has one such claim, with its clearest quote, and this is the second"]
        if found:
            faults.append(
                f"claim ({claim.site}, {claim.actor}, {claim.status}) is refused: {'; '.join(found)}"
            )
        else:
            kept[key] = claim
    return tuple(kept.values()), faults


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")

"""Verdicts as labelled examples, in the form that `mapdata evaluate` and training read (docs/annotation.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from mapdata.model import Article, Claim, SpeakerKind, Verdict, VerdictKind

_LANGUAGES = ("en", "ar", "tr", "ru", "fr")


def examples(
    articles: Iterable[Article], claims: Mapping[str, Iterable[Claim]], verdicts: Iterable[Verdict]
) -> list[dict[str, Any]]:
    """One labelled article for each that somebody has judged a claim of, by id.

    claims: those that stand, by article. What was accepted, corrected or added is asked for; what was rejected is
    not, and counts against a reader that finds it; what nobody has judged is optional: neither.
    """
    judged: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.live and verdict.kind is not VerdictKind.WITHDRAWN:
            judged.setdefault(verdict.article, []).append(verdict)
    made = []
    for article in sorted(articles, key=lambda article: article.id):
        if article.id not in judged:
            continue
        standing = sorted(
            claims.get(article.id, ()), key=lambda claim: (claim.start, claim.site, claim.actor, claim.status)
        )
        one: dict[str, Any] = {"id": article.id}
        for name in ("title", "outlet", "url", "published"):
            if (value := getattr(article, name)) is not None:
                one[name] = value
        if article.lang in _LANGUAGES:
            one["lang"] = article.lang
        one["note"] = _note(judged[article.id])
        one["text"] = article.text
        one["claims"] = [_line(claim) for claim in standing if claim.review is not None]
        if unjudged := [_line(claim) for claim in standing if claim.review is None]:
            one["optional"] = unjudged
        made.append(one)
    return made


def as_yaml(made: list[dict[str, Any]]) -> str:
    """The file. What is read back is the same, to the sign."""
    return yaml.dump(made, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _line(claim: Claim) -> list[Any]:
    line: list[Any] = [claim.site, claim.actor, claim.status.value, claim.quote]
    by = claim.attribution
    known = {
        "by": by.text,
        "kind": by.kind.value if by.kind is not SpeakerKind.MEDIUM else None,
        "credited": by.credited,
        "held_from": claim.held_from,
        "held_to": claim.held_to,
    }
    if known := {key: value for key, value in known.items() if value is not None}:
        line.append(known)
    return line


def _note(verdicts: Iterable[Verdict]) -> str:
    found = list(verdicts)
    people = ", ".join(sorted({verdict.who for verdict in found}))
    last = max(verdict.at for verdict in found).date().isoformat()
    return f"{len(found)} claims judged by {people}, the last on {last}"


class _Dumper(yaml.SafeDumper):
    """No anchors: two equal values are written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # Signs that YAML takes for line ends come back as such from any other style.
    style = '"' if any(sign in text for sign in "\x85\u2028\u2029\ufeff\t") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)

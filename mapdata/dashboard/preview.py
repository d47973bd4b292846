"""One article before it is stored: its text with the claims marked, and what a person makes of each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mapdata.dashboard import claimform, marking, markup, wording
from mapdata.model import Claim, Gazetteer, VerdictKind
from mapdata.review import drafts
from mapdata.review.claims import corrected, made
from mapdata.review.drafts import Draft

_EDITING = "_preview_editing"

Changed = Callable[[Draft], None]


def label(draft: Draft, number: int | None) -> str:
    """ "3: Talks on two airfields (Gulf Wire, 4 February 2025), 2 claims"."""
    article = draft.article
    title = article.title or (article.text.strip().split("\n")[0][:80] if article.text.strip() else "") or "untitled"
    known = ", ".join(part for part in (article.outlet, wording.day(article.published)) if part)
    before = f"{number}: " if number else ""
    return f"{before}{title} ({known}), {wording.count(len(draft.standing()), 'claim')}"


def draw(draft: Draft, gazetteer: Gazetteer, changed: Changed) -> None:
    """The text and its claims. changed: called with the draft after each verdict, within a callback."""
    shown = _in_order(draft)
    body = st.container(key="preview", horizontal=True, gap="medium", vertical_alignment="top")
    with body.container(key="text"):
        marked = marking.paragraphs(draft.article.text, [claim for _, claim, _ in shown])
        markup.show("marked_text.html", paragraphs=marked, lang=draft.article.lang)
    with body.container(key="found", width=440, gap="small"):
        if not shown:
            markup.show(
                "notice.html",
                title="No claim was found in this text.",
                lines=["Add what was missed below, or store the article as it is."],
            )
        for place, (number, claim, kind) in enumerate(shown, 1):
            _card(draft, place, number, claim, kind, gazetteer, changed)
        with st.expander("Add a claim that was missed", key="missed"):
            claimform.draw(
                f"missed-{draft.article.id}-{len(draft.missed)}",
                gazetteer,
                draft.article.text,
                None,
                "Add it",
                lambda said: changed(drafts.add(draft, made(draft.article, *said[:3], said[3]))),
            )


def _in_order(draft: Draft) -> list[tuple[int | None, Claim, VerdictKind | None]]:
    """All claims of a draft, rejected ones too, as they stand: number in `read`, claim, verdict."""
    found: list[tuple[int | None, Claim, VerdictKind | None]] = []
    for number, claim in enumerate(draft.read):
        kind, after = draft.said.get(number, (None, None))
        found.append((number, after or claim, kind))
    found += [(None, claim, VerdictKind.ADDED) for claim in draft.missed]
    return sorted(found, key=lambda one: (one[1].start, one[1].end, one[1].site, one[1].actor, one[1].status))


def _card(
    draft: Draft,
    place: int,
    number: int | None,
    claim: Claim,
    kind: VerdictKind | None,
    gazetteer: Gazetteer,
    changed: Changed,
) -> None:
    with st.container(key=f"claim-{place}", border=True, gap="xsmall"):
        markup.show(
            "claim_found.html",
            number=place,
            site=gazetteer.sites[claim.site].name,
            actor=gazetteer.actors[claim.actor].name,
            claim=claim,
            verdict=kind,
            rtl=wording.right_to_left(claim.quote),
            speaker=wording.SPEAKERS[claim.attribution.kind],
        )
        if number is None:
            st.button("Take away", key=f"drop-{place}", on_click=lambda: changed(drafts.drop(draft, claim)))
            return
        editing = st.session_state.get(_EDITING) == (draft.article.id, number)
        with st.container(horizontal=True, gap="xsmall"):
            for verdict, word in ((VerdictKind.ACCEPTED, "Accept"), (VerdictKind.REJECTED, "Reject")):
                said = kind is verdict
                st.button(
                    f"{word}ed" if said else word,
                    key=f"{word.lower()}-{place}",
                    type="primary" if said else "secondary",
                    help="Take this verdict back" if said else None,
                    on_click=lambda to=None if said else verdict: changed(drafts.say(draft, number, to)),
                )
            st.button("Correct …", key=f"correct-{place}", on_click=_edit, args=((draft.article.id, number),))
        if editing:

            def done(said: claimform.Said) -> None:
                site, actor, status, span = said
                read = draft.read[number]
                after = corrected(read, draft.article.text, site=site, actor=actor, status=status, span=span)
                changed(drafts.say(draft, number, VerdictKind.CORRECTED, after))
                _edit(None)

            claimform.draw(
                f"correct-{draft.article.id}-{number}", gazetteer, draft.article.text, claim, "Correct it", done,
                lambda: _edit(None),
            )  # fmt: skip


def _edit(which: tuple[str, int] | None) -> None:
    st.session_state[_EDITING] = which

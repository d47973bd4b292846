"""The view "Review": what nobody has judged, what was said of the rest, and what outlets corrected or took back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import streamlit as st

from mapdata import configuration
from mapdata.dashboard import cards, claimform, data, judged, markup, pager, records, state, wording
from mapdata.dashboard.data import Scene
from mapdata.dashboard.view import Place
from mapdata.dashboard.wording import plain
from mapdata.drawing.palette import colour_of
from mapdata.drawing.pill import pill_svg
from mapdata.errors import MapdataError
from mapdata.model import Claim, VerdictKind
from mapdata.review import desk
from mapdata.review.claims import claim_id, corrected
from mapdata.review.queue import Group, Item, Order, queue
from mapdata.store import Judgement

_PARTS = ("Queue", "Judged", "Articles")
_ORDERS = {Order.DOUBT: "Least certain first", Order.NEW: "Newest first"}
_GROUPS_A_PAGE = 8
_ITEMS_SHOWN = 3  # of a group; the others fold
_EDITING, _SAID = "_review_editing", "_review_said"


def draw(scene: Scene, db: str | None, today: date) -> None:
    writable = not configuration.readonly()
    with st.container(key="review-head", horizontal=True, vertical_alignment="center", gap="medium"):
        markup.inline("view_head.html", title="Review", lines=[])
        part = st.segmented_control(
            "Part of the review", _PARTS, default=_PARTS[0], required=True, label_visibility="collapsed", key="part"
        )
    if writable:
        who, why = claimform.signature()
    else:
        who, why = "", ""
        markup.show("words.html", text="This page only shows: whoever runs it has switched verdicts off.")
    if said := st.session_state.pop(_SAID, None):
        markup.show("notice.html", title=said[0], lines=said[1:])
    if scene.store is None:
        markup.show("notice.html", title="There is nothing to review yet.", lines=["Add articles first."])
        return
    write = Writing(scene, db, who, why) if writable else None
    if part == "Judged":
        judged.draw_verdicts(scene, write.withdraw if write else None)
    elif part == "Articles":
        judged.draw_articles(scene, write.retract if write else None)
    else:
        _queue(scene, today, write)


class Writing:
    """What the buttons do, under the name that stands above them; what came of it is said on the next run."""

    def __init__(self, scene: Scene, db: str | None, who: str, why: str) -> None:
        self._scene, self._db, self._who, self._why = scene, db, who, why

    def judge(self, kind: VerdictKind, claims: Sequence[Claim], after: Claim | None = None) -> None:
        judgements = [Judgement(kind, claim.article, claim, after) for claim in claims]
        self._do(
            lambda at: desk.judge(self._db, judgements, self._scene.gazetteer, who=self._who, why=self._why, at=at),
            f"{wording.count(len(judgements), 'claim')} {kind.value}",
        )

    def correct(self, claim: Claim, after: Claim) -> None:
        """Like `judge`; raises MapdataError, which the form shows beside its fields."""
        one = Judgement(VerdictKind.CORRECTED, claim.article, claim, after)
        at = datetime.now().astimezone()
        desk.judge(self._db, [one], self._scene.gazetteer, who=self._who, why=self._why, at=at)
        st.session_state[_SAID] = ("1 claim corrected.",)
        claimform.signed()

    def withdraw(self, verdict: int) -> None:
        self._do(
            lambda at: desk.withdraw(self._db, verdict, who=self._who, why=self._why, at=at),
            "The verdict is taken back",
        )

    def retract(self, article: str, undo: bool) -> None:
        said = "The article counts again" if undo else "The article's claims are off the map"
        self._do(lambda at: desk.retract(self._db, article, who=self._who, why=self._why, at=at, undo=undo), said)

    def _do(self, act: Callable[[datetime], object], said: str) -> None:
        try:
            act(datetime.now().astimezone())
        except MapdataError as fault:
            st.session_state[_SAID] = ("Nothing was written.", str(fault))
        else:
            st.session_state[_SAID] = (f"{said}.",)
            claimform.signed()


# --- the queue ----------------------------------------------------------------------------------------------


def _queue(scene: Scene, today: date, write: Writing | None) -> None:
    chosen = records.chosen(scene, state.current().filters, today)
    order = st.session_state.get("order") or Order.DOUBT
    groups = queue(chosen.evidence, chosen.assessments, chosen.as_of, order)
    waiting = sum(len(group.items) for group in groups)
    if not groups:
        markup.show(
            "notice.html",
            title="Nobody has to look at anything under these filters.",
            lines=["All claims are judged. Take a filter away to see others, or see what was said under Judged."],
        )
        return
    with st.container(key="queue-head", horizontal=True, vertical_alignment="center", gap="small"):
        said = f"{wording.count(waiting, 'claim')} in {wording.count(len(groups), 'group')} that nobody has judged"
        st.segmented_control(
            "Order",
            list(_ORDERS),
            default=Order.DOUBT,
            required=True,
            format_func=_ORDERS.__getitem__,
            label_visibility="collapsed",
            key="order",
        )
        markup.inline("words.html", text=said)
        shown = pager.page(groups, _GROUPS_A_PAGE, "queue-page")
    for group in shown:
        _group(scene, group, write)


def _group(scene: Scene, group: Group, write: Writing | None) -> None:
    site, actor = scene.gazetteer.sites[group.site], scene.gazetteer.actors[group.actor]
    key = f"{group.site}-{group.actor}-{group.status}"
    shown, others = group.items[:_ITEMS_SHOWN], group.items[_ITEMS_SHOWN:]
    texts = data.texts(scene, (item.evidence.claim.article for item in group.items[: _ITEMS_SHOWN + 20]))
    with st.container(key=f"group-{key}", border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            svg = pill_svg(site.kind, actor.code, group.status, colour_of(scene.colours, actor.country))
            markup.inline("picture.html", svg=svg)
            said = wording.count(len(group.items), "claim")
            markup.inline("group_head.html", site=site.name, actor=actor.name, status=group.status, said=said)
            st.button(
                "On the map",
                key=f"to-{key}",
                type="tertiary",
                on_click=state.open_place,
                args=(Place(group.site, group.actor, group.status),),
            )
        ticked = [item for item in shown if _item(scene, item, texts, write, choose=len(group.items) > 1)]
        if others:
            with st.expander(f"{len(others)} more that say the same", key=f"more-{key}"):
                for item in others[:20]:
                    _said(item, texts)
                if len(others) > 20:
                    markup.show("words.html", text=f"and {len(others) - 20} more, not shown")
        if write is not None:
            _verdicts(key, group, ticked, write)


def _verdicts(key: str, group: Group, ticked: Sequence[Item], write: Writing) -> None:
    """What can be said of the group. All at once takes in those that fold, as long as they can be unfolded."""
    several = len(group.items) > 1
    claims = [item.evidence.claim for item in (ticked if several else group.items)]
    every = [item.evidence.claim for item in group.items]
    with st.container(horizontal=True, gap="small"):
        for kind, word in ((VerdictKind.ACCEPTED, "Accept"), (VerdictKind.REJECTED, "Reject")):
            st.button(
                f"{word} the {len(claims)} ticked" if several else word,
                key=f"{word.lower()}-{key}",
                disabled=not claims,
                on_click=write.judge,
                args=(kind, claims),
            )
        if several and len(every) > len(claims) and len(every) <= _ITEMS_SHOWN + 20:
            st.button(
                f"Accept all {len(every)}",
                key=f"all-{key}",
                on_click=write.judge,
                args=(VerdictKind.ACCEPTED, every),
            )


def _item(scene: Scene, item: Item, texts: dict[str, str], write: Writing | None, choose: bool) -> bool:
    """Draws a claim; returns whether it is ticked."""
    claim = item.evidence.claim
    key = claim_id(claim)
    ticked = True
    with st.container(key=f"item-{key}", horizontal=True, gap="small"):
        if choose and write is not None:
            label = f"{item.evidence.source.outlet or 'unknown outlet'}, {wording.day(claim.published)}"
            ticked = st.checkbox(plain(label), value=True, key=f"tick-{key}", label_visibility="collapsed", width=28)
        _said(item, texts)
        if write is not None:
            st.button("Correct …", key=f"correct-{key}", type="tertiary", on_click=_edit, args=(key,))
    if write is not None and st.session_state.get(_EDITING) == key:
        text = texts.get(claim.article, claim.quote)

        def done(said: claimform.Said) -> None:
            site, actor, status, span = said
            write.correct(claim, corrected(claim, text, site=site, actor=actor, status=status, span=span))
            _edit(None)

        claimform.draw(key, scene.gazetteer, text, claim, "Correct it", done, lambda: _edit(None))
    return ticked


def _said(item: Item, texts: dict[str, str]) -> None:
    claim, source = item.evidence.claim, item.evidence.source
    markup.show(
        "queue_item.html",
        claim=claim,
        source=source,
        id=claim_id(claim),
        reasons=item.reasons,
        quote=cards.pieces(claim.quote, claim.start, claim, claim.start, claim.end),
        paragraph=cards.paragraph(texts.get(claim.article), claim),
        rtl=wording.right_to_left(claim.quote),
        speaker=wording.SPEAKERS[claim.attribution.kind],
    )


def _edit(key: str | None) -> None:
    st.session_state[_EDITING] = key

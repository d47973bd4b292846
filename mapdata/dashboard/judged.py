"""What was said so far: the history of each judged claim, and of articles that were corrected or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from mapdata.dashboard import markup, pager, state, wording
from mapdata.dashboard.data import Scene
from mapdata.folding import fold
from mapdata.layers import country_of
from mapdata.model import Article, Claim, Filters, NoticeKind, Source, VerdictKind, Version
from mapdata.review.chains import Chain, chains
from mapdata.review.versions import compare, shortened
from mapdata.store import Reviews

_A_PAGE = 20
_FOUND = 8


def draw_verdicts(scene: Scene, withdraw: Callable[[int], None] | None) -> None:
    """The judged claims under the filters, the last judged first. withdraw: None where nothing may be written."""
    assert scene.store is not None
    every = chains(Reviews(scene.store).verdicts())
    found = [chain for chain in every if _wanted(scene, chain.claim, state.current().filters)]
    if not found:
        lines = ["Take a filter away to see others."] if every else ["The queue has what there is to judge."]
        markup.show("notice.html", title="Nobody has judged anything here yet.", lines=lines)
        return
    for chain in pager.page(found, _A_PAGE, "judged-page"):
        with st.container(key=f"chain-{chain.last.id}", gap=None):
            _chain(scene, chain, scene.store.article(chain.last.article))
            if withdraw is not None and chain.last.live:
                st.button(
                    "Take this verdict back",
                    key=f"withdraw-{chain.last.id}",
                    type="tertiary",
                    on_click=withdraw,
                    args=(chain.last.id,),
                )


def _wanted(scene: Scene, claim: Claim, filters: Filters) -> bool:
    return (
        (not filters.sites or claim.site in filters.sites)
        and (not filters.actors or claim.actor in filters.actors)
        and (not filters.statuses or claim.status in filters.statuses)
        and (not filters.countries or country_of(claim.actor, scene.gazetteer) in filters.countries)
    )


def _chain(scene: Scene, chain: Chain, source: Article) -> None:
    claim = chain.claim
    markup.show(
        "chain.html",
        claim=claim,
        site=_site(scene, claim),
        actor=_actor(scene, claim),
        source=source,
        rtl=wording.right_to_left(claim.quote),
        entries=[
            (verdict, _changed(scene, verdict.before, verdict.after) if verdict.kind is VerdictKind.CORRECTED else ())
            for verdict in chain.verdicts
        ],
    )


def _changed(scene: Scene, before: Claim | None, after: Claim | None) -> list[tuple[str, str]]:
    """What a correction changed, as it was and as it is."""
    if before is None or after is None:
        return []
    pairs = [
        (_site(scene, before), _site(scene, after)),
        (_actor(scene, before), _actor(scene, after)),
        (before.status.value, after.status.value),
    ]
    found = [pair for pair in pairs if pair[0] != pair[1]]
    if (before.start, before.end) != (after.start, after.end):
        found.append((f"“{before.quote}”", f"“{after.quote}”"))
    return found


def _site(scene: Scene, claim: Claim) -> str:
    site = scene.gazetteer.sites.get(claim.site)
    return site.name if site else claim.site


def _actor(scene: Scene, claim: Claim) -> str:
    actor = scene.gazetteer.actors.get(claim.actor)
    return actor.name if actor else claim.actor


# --- articles -------------------------------------------------------------------------------------------------


def draw_articles(scene: Scene, retract: Callable[[str, bool], None] | None) -> None:
    """What outlets corrected, what was retracted or erased, and the way to take an article's claims off the map."""
    assert scene.store is not None
    reviews = Reviews(scene.store)
    if retract is not None:
        _retraction(scene, retract)
    _notices(scene, reviews, retract)
    markup.show("heading.html", text="Corrected by their outlets")
    several = reviews.versions()
    if not several:
        markup.show("words.html", text="No article has a newer version.")
    for versions in several[:_A_PAGE]:
        _versions(scene, versions)
    if len(several) > _A_PAGE:
        markup.show("words.html", text=f"and {len(several) - _A_PAGE} more: `mapdata review versions ARTICLE`")


def _versions(scene: Scene, versions: Sequence[Version]) -> None:
    assert scene.store is not None
    old, new = (scene.store.article(one.article) for one in versions[-2:])
    pieces = shortened(compare(old.text, new.text))
    markup.show(
        "versions.html", versions=versions, article=new, pieces=pieces, rtl=wording.right_to_left(new.text[:200])
    )


def _notices(scene: Scene, reviews: Reviews, retract: Callable[[str, bool], None] | None) -> None:
    notices = reviews.notices()
    if not notices:
        return
    markup.show("heading.html", text="Retracted and erased")
    off = reviews.retracted()
    last = {notice.article: notice.id for notice in notices}
    for notice in reversed(notices[-_A_PAGE:]):
        markup.show("notice_line.html", notice=notice)
        back = notice.kind is NoticeKind.RETRACTED and notice.article in off and last[notice.article] == notice.id
        if back and retract is not None:
            st.button(
                "It counts again",
                key=f"reinstate-{notice.id}",
                type="tertiary",
                on_click=retract,
                args=(notice.article, True),
            )


@st.cache_resource(max_entries=1, show_spinner=False)
def _sources(where: str, revision: int, _scene: Scene) -> dict[str, Source]:
    assert _scene.store is not None
    return _scene.store.sources()


def _retraction(scene: Scene, retract: Callable[[str, bool], None]) -> None:
    assert scene.store is not None
    wanted = st.text_input(
        "Take the claims of an article off the map: words of its title, outlet or address",
        key="retract-wanted",
        max_chars=200,
    )
    if not (words := fold(wanted or "").split()):
        return
    found = [
        source
        for source in _sources(scene.where, scene.revision, scene).values()
        if all(word in fold(f"{source.title} {source.outlet} {source.url} {source.id}") for word in words)
    ]
    if not found:
        markup.show("words.html", text="No article has these words.")
    for source in found[:_FOUND]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            markup.inline("source_line.html", source=source)
            st.button("Retract", key=f"retract-{source.id}", on_click=retract, args=(source.id, False))
    if len(found) > _FOUND:
        markup.show("words.html", text=f"and {len(found) - _FOUND} more: write more words")

"""The view "Add": articles that a person hands over, with the claims in them, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from mapdata import configuration
from mapdata.dashboard import claimform, markup, preview, state, wording
from mapdata.dashboard.adding_work import Work
from mapdata.dashboard.data import Scene
from mapdata.dashboard.views import MAP
from mapdata.drawing.links import web_address
from mapdata.errors import MapdataError
from mapdata.model import Article, Gazetteer
from mapdata.outlets import load_outlets
from mapdata.reading import Reader
from mapdata.review import desk
from mapdata.review.drafts import Draft, described
from mapdata.review.intake import MOST, Dropped, Fetched, Input, Pasted

_SESSION = "_adding"
_FILES = ("txt", "md", "html", "htm", "jsonl", "csv", "pdf", "docx")
_LONGEST = 500_000  # code points of a pasted text
_EVERY = 0.4  # seconds between two looks at what is read


@dataclass
class Desk:
    """What one session has before it. about: what a person said of a pasted text besides it. how: the way that
    articles are handed over, one of _WAYS. batch: how many readings there were."""

    work: Work | None = None
    about: dict[str, Any] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    place: int = 0
    said: str = ""
    how: str = "Paste a text"
    batch: int = 0


def draw(scene: Scene, db: str | None, today: date) -> None:
    if configuration.readonly():
        markup.show(
            "notice.html",
            title="Nothing can be added here.",
            lines=["This page only shows: whoever runs it has switched uploads and verdicts off."],
        )
        return
    before: Desk = st.session_state.setdefault(_SESSION, Desk())
    if before.work is not None:
        _progress(before)
    elif before.drafts:
        _look(before, scene.gazetteer, db)
    else:
        _ask(before, scene.gazetteer, today)


@st.cache_resource(max_entries=2, show_spinner="Loading the reader …")
def _reader(version: str, _gazetteer: Gazetteer) -> Reader:
    return Reader(_gazetteer, load_outlets())


# --- what to read -----------------------------------------------------------------------------------------


def _ask(before: Desk, gazetteer: Gazetteer, today: date) -> None:
    with st.container(key="ask", gap="small"):
        markup.show("view_head.html", title="Add articles", lines=["Nothing is stored until you have looked at it."])
        _told(before)
        st.segmented_control(
            "How",
            list(_WAYS),
            required=True,
            label_visibility="collapsed",
            **state.mirrored("ask-how", before.how, lambda way: setattr(before, "how", way)),
        )
        found, about = _WAYS[before.how]()
        if st.button("Find claims", type="primary", key="start"):
            _start(before, found, about, gazetteer, today)


def _ask_text() -> tuple[list[Input], dict[str, Any]]:
    text = st.text_area("Text of the article", height=260, max_chars=_LONGEST, key="paste-text")
    about = _about_fields("paste", None)
    return ([Pasted(text)] if text and text.strip() else []), about


def _ask_files() -> tuple[list[Input], dict[str, Any]]:
    files = st.file_uploader(
        "Articles: .txt .md .html .jsonl .csv .pdf .docx, up to 20 MB each",
        type=list(_FILES),
        accept_multiple_files=True,
        key="drop-files",
    )
    if files:
        markup.show("words.html", text=f"{wording.count(len(files), 'file')} ready to be read")
    return [Dropped(file.name, file.getvalue()) for file in files or []], {}


def _ask_address() -> tuple[list[Input], dict[str, Any]]:
    address = st.text_input("Web address of a page or a feed", key="give-address", max_chars=2000)
    return ([Fetched(address)] if address and address.strip() else []), {}


_WAYS = {"Paste a text": _ask_text, "Drop files": _ask_files, "Give an address": _ask_address}


def _start(before: Desk, found: list[Input], about: dict[str, Any], gazetteer: Gazetteer, today: date) -> None:
    if not found:
        markup.show("notice.html", title="There is nothing to read yet.", lines=["Fill in the field above first."])
        return
    before.refused, before.said, before.about = [], "", about
    before.work = Work(found, _reader(gazetteer.version, gazetteer), today)
    st.rerun()


def _told(before: Desk) -> None:
    if before.said:
        with st.container(key="added", gap="xsmall"):
            markup.show("notice.html", title=before.said, lines=[])
            st.button("Show the map", key="to-map", on_click=state.show_view, args=(MAP,))
    if before.refused:
        markup.show("refused.html", refused=before.refused)


# --- while it is read ---------------------------------------------------------------------------------------


@st.fragment(run_every=_EVERY)
def _progress(before: Desk) -> None:
    work = before.work
    if work is None:
        return
    with st.container(key="progress", gap="small"):
        claims = sum(len(draft.read) for draft in work.found)
        read, found = wording.count(len(work.found), "article"), wording.count(claims, "claim")
        markup.show("progress.html", said=f"Reading: {read} so far, {found} found.", share=_share(work))
        pressed = st.button("Stop", key="stop", help="What is read so far stays, to be looked at")
    if pressed:
        work.stop()
    if work.over or work.stopped:
        before.work = None
        before.drafts, before.refused = list(work.found), list(work.refused)
        if work.stopped:
            before.said = f"Stopped: {read} were read."
        if len(before.drafts) == 1 and before.about:
            before.drafts = [_with_about(before.drafts[0], before.about, instead=False)]
        elif not before.drafts and not before.said:
            before.said = "No article was found."
        before.place, before.batch = 0, before.batch + 1
        st.rerun()


def _share(work: Work) -> float:
    """Per cent of what can be looked at here: how many articles a file has is not known before it is read."""
    return round(100 * len(work.found) / MOST.articles, 1)


# --- what was found -----------------------------------------------------------------------------------------


def _look(before: Desk, gazetteer: Gazetteer, db: str | None) -> None:
    drafts = before.drafts
    before.place = min(before.place, len(drafts) - 1)
    with st.container(key="found-head", horizontal=True, vertical_alignment="bottom", gap="small"):
        if len(drafts) > 1:
            labels = [preview.label(draft, number) for number, draft in enumerate(drafts, 1)]
            before.place = st.selectbox(
                f"Article, of {len(drafts)}",
                range(len(drafts)),
                format_func=labels.__getitem__,
                width=520,
                **state.mirrored("draft", before.place, lambda place: setattr(before, "place", place)),
            )
        else:
            markup.inline("view_title.html", title=preview.label(drafts[0], None))
    _told(before)
    draft = drafts[before.place]

    def now(changed: Draft) -> None:
        before.drafts[before.place] = changed

    with st.expander("What is known of this article", expanded=draft.article.published is None, key="about"):
        about = _about_fields(f"about-{before.batch}-{before.place}", draft.article)
        if about["url"].strip() and not web_address(about["url"].strip()):
            markup.show("words.html", text="This is no web address: write https://host/path")
    if (changed := _with_about(draft, about, instead=True)) != draft:
        now(changed)
        st.rerun()
    preview.draw(draft, gazetteer, now)
    with st.container(key="store-bar", gap="xsmall"):
        who, why = claimform.signature()
        with st.container(horizontal=True, gap="small"):
            said = "Store this article" if len(drafts) == 1 else f"Store all {len(drafts)} articles"
            if st.button(said, type="primary", key="store"):
                _store(before, gazetteer, db, who, why)
            st.button("Discard", key="discard", on_click=_discard, args=(before,), help="Nothing of it is stored")


def _store(before: Desk, gazetteer: Gazetteer, db: str | None, who: str, why: str) -> None:
    at = datetime.now().astimezone()
    try:
        with st.spinner("Storing …"):
            done = desk.keep(db, before.drafts, gazetteer, who=who, why=why, at=at)
    except MapdataError as fault:
        markup.show("notice.html", title="Not everything is stored.", lines=[str(fault)])
        return
    claims = sum(len(draft.standing()) for draft, _ in done)
    known = sum(outcome == "unchanged" for _, outcome in done)
    again = (
        f"; {wording.count(known, 'article')} of them {'was' if known == 1 else 'were'} there already" if known else ""
    )
    _discard(before)
    claimform.signed()
    before.said = f"Stored: {wording.count(len(done), 'article')} with {wording.count(claims, 'claim')}{again}."
    st.rerun()


def _discard(before: Desk) -> None:
    before.drafts, before.refused, before.said = [], [], ""
    for key in [key for key in st.session_state if str(key).startswith(("paste-", "give-", "about-"))]:
        del st.session_state[key]


def _about_fields(key: str, article: Article | None) -> dict[str, Any]:
    """Fields for what a text does not say of itself, which begin with what an article says; what stands in them."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        said = {
            name: st.text_input(
                label,
                value=(article and getattr(article, name)) or "",
                max_chars=most,
                key=f"{key}-{name}",
                width=width,
            )
            for name, label, most, width in _ABOUT
        }
        said["published"] = st.date_input(
            "Published on",
            value=article.published if article else None,
            min_value=min(date(1900, 1, 1), (article and article.published) or date.max),
            format="YYYY-MM-DD",
            key=f"{key}-day",
            width=150,
        )
    return said


_ABOUT = (("outlet", "Outlet", 200, 200), ("title", "Title", 500, 280), ("url", "Its address", 2000, 280))
"""Of each field: what it says of an article, label, most signs, width in pixels."""


def _with_about(draft: Draft, about: dict[str, Any], *, instead: bool) -> Draft:
    """The draft with what a person said of it. instead: an empty field takes away what the article says itself."""
    article = draft.article
    said = {name: " ".join(about[name].split()) or None for name, *_ in _ABOUT}
    said |= {"url": web_address(said["url"]), "published": about["published"]}
    if not instead:
        said = {name: getattr(article, name) if value is None else value for name, value in said.items()}
    return described(draft, **said, lang=article.lang)

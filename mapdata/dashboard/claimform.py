"""The fields by which a person says what a claim is: the same to correct one and to add one that was missed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mapdata.dashboard import markup, wording
from mapdata.errors import MapdataError, ReviewError
from mapdata.model import Claim, Gazetteer, Site, Status
from mapdata.review.claims import span_of

Said = tuple[str, str, Status, tuple[int, int]]
"""Site, actor, status, and the span of the quote."""

_WHO, _WHY, _SPENT = "_signature_who", "sign-why", "_signature_spent"


def signature() -> tuple[str, str]:
    """Who judges and why. The name stays from one view to the next; a reason is of the verdict that it came with."""
    if st.session_state.pop(_SPENT, False):
        st.session_state[_WHY] = ""
    with st.container(key="signature", horizontal=True, vertical_alignment="bottom", gap="small"):
        who = st.text_input("Your name", value=st.session_state.get(_WHO, ""), max_chars=80, key="sign-who", width=220)
        why = st.text_input("Reason, kept with the verdict", max_chars=500, key=_WHY, width=420)
    st.session_state[_WHO] = who
    return who.strip(), why.strip()


def signed() -> None:
    """What was written above was kept with a verdict: the next one has a reason of its own."""
    st.session_state[_SPENT] = True


def site_label(site: Site) -> str:
    return f"{site.name} ({wording.kind(site)})"


def draw(
    key: str,
    gazetteer: Gazetteer,
    text: str,
    claim: Claim | None,
    submit: str,
    done: Callable[[Said], None],
    cancel: Callable[[], None] | None = None,
) -> None:
    """The form. claim: what it begins with. done: called with what was said, once it can be meant; what it raises as
    ReviewError stands below the form."""
    sites = sorted(gazetteer.sites, key=lambda id: gazetteer.sites[id].name)
    actors = sorted(gazetteer.actors, key=lambda id: gazetteer.actors[id].name)
    statuses = list(Status)
    with st.form(key=f"form-{key}", border=True):
        site = st.selectbox(
            "Site",
            sites,
            index=sites.index(claim.site) if claim and claim.site in sites else None,
            format_func=lambda id: site_label(gazetteer.sites[id]),
            placeholder="Choose a site",
        )
        with st.container(horizontal=True, gap="small"):
            actor = st.selectbox(
                "Actor",
                actors,
                index=actors.index(claim.actor) if claim and claim.actor in actors else None,
                format_func=lambda id: gazetteer.actors[id].name,
                placeholder="Choose an actor",
            )
            status = st.selectbox(
                "Status",
                statuses,
                index=statuses.index(claim.status) if claim else None,
                format_func=lambda one: f"{one.value}: {wording.STATUS_HELP[one]}",
                placeholder="Choose a status",
            )
        quote = st.text_area(
            "The words that show it, copied from the text",
            value=claim.quote if claim else "",
            max_chars=5000,
            height=96,
        )
        with st.container(horizontal=True, gap="small"):
            pressed = st.form_submit_button(submit, type="primary")
            if cancel is not None:
                st.form_submit_button("Cancel", on_click=cancel)
    if not pressed:
        return
    try:
        if not (site and actor and status):
            raise ReviewError("choose a site, an actor and a status")
        done((site, actor, status, span_of(text, quote)))
    except MapdataError as fault:
        markup.show("notice.html", title="This cannot be meant.", lines=[str(fault)])
    else:
        st.rerun()

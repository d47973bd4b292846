"""What is settled over the whole article, after every sentence has had its say."""

from __future__ import annotations

from mapdata.model import Gazetteer, SiteKind, Status
from mapdata.reading.candidates import Candidate
from mapdata.reading.geography import Geography
from mapdata.reading.verdict import Verdict

Found = list[tuple[Candidate, Verdict]]


class Settling:
    """Drops what the article as a whole does not say."""

    def __init__(self, gazetteer: Gazetteer, geography: Geography) -> None:
        self._gazetteer = gazetteer
        self._geography = geography

    def whole(self, found: Found) -> Found:
        """The findings of all sentences, less those that the others make wrong or redundant."""
        return self._drop_wider(self._settle_headings(found))

    def _settle_headings(self, found: Found) -> Found:
        """A heading has the status that its wording has beside the text: "X bases in Y" over talks is a plan."""
        body: dict[tuple[str, str], set[Status]] = {}
        by_actor: dict[str, set[Status]] = {}
        for candidate, verdict in found:
            if not candidate.view.sentence.heading:
                body.setdefault((candidate.site, candidate.actor), set()).add(verdict.status)
                by_actor.setdefault(candidate.actor, set()).add(verdict.status)
        settled = []
        for candidate, verdict in found:
            known = body.get((candidate.site, candidate.actor)) or by_actor.get(candidate.actor, set())
            if candidate.view.sentence.heading and known and verdict.status not in known:
                continue
            settled.append((candidate, verdict))
        return settled

    def _drop_wider(self, found: Found) -> Found:
        """A country is a site only where its statement has no narrower place; a region not beside the bases it is."""
        kept = []
        for candidate, verdict in found:
            kind = self._gazetteer.sites[candidate.site].kind
            if kind is SiteKind.COUNTRY and any(
                other.view is candidate.view and other.actor == candidate.actor and v.status is verdict.status
                and self._gazetteer.sites[other.site].kind is not SiteKind.COUNTRY
                for other, v in found
            ):  # fmt: skip
                continue
            if kind is SiteKind.REGION and self._listed_bases(candidate, verdict, found):
                continue
            kept.append((candidate, verdict))
        return kept

    def _listed_bases(self, candidate: Candidate, verdict: Verdict, found: Found) -> bool:
        """ "its two bases in the north-west, at A and B": the bases are named, and no doubt with them."""
        view, region = candidate.view, candidate.site_mention
        inner = [
            c.site_mention
            for c, v in found
            if c.view is view and c.actor == candidate.actor and v.status is verdict.status
            and c.site_mention.start > region.end
            and self._geography.lies_in(c.site, candidate.site)
        ]  # fmt: skip
        if not inner:
            return False
        gap = view.between(region.end, min(m.start for m in inner))
        hedged = any(region.end <= cue.start <= max(m.end for m in inner) for cue in view.of("plan"))
        return len(gap) < 40 and gap.lstrip()[:1] in {",", ":", "—", "–", "-", "(", "،"} and not hedged

"""What the verdicts and notices of people do to articles and claims, within a transaction of the store."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, or_, select

from mapdata.model import Article, NoticeKind
from mapdata.store import rows
from mapdata.store.overlay import Ruling, carried
from mapdata.store.schema import articles, notices, verdicts

_AT_ONCE = 400


def live(connection: Connection, article: str | None = None) -> list[Ruling]:
    """The verdicts that nothing has replaced, of the newest versions that stand: of one article, or of all."""
    query = (
        select(verdicts, articles.c.published)
        .join(articles, articles.c.id == verdicts.c.article)
        .where(verdicts.c.live, articles.c.current)
        .order_by(verdicts.c.id)
    )
    query = query.where(articles.c.id == article) if article else query.where(~articles.c.retracted)
    return [rows.ruling_of(row, row.published) for row in connection.execute(query)]


def erased(connection: Connection, wanted: Iterable[Article]) -> set[str]:
    """The ids among the wanted articles that were erased on demand: the text itself, or its outlet and address."""
    by_series: dict[str, list[str]] = {}
    for article in wanted:
        by_series.setdefault(rows.series(article), []).append(article.id)
    ids = {id for found in by_series.values() for id in found}
    series, found = list(by_series), set()
    for first in range(0, len(series), _AT_ONCE):
        some = series[first : first + _AT_ONCE]
        its = [id for one in some for id in by_series[one]]
        query = select(notices.c.article, notices.c.series).where(
            notices.c.kind == NoticeKind.ERASED.value,
            or_(notices.c.series.in_(some), notices.c.article.in_(its)),
        )
        for row in connection.execute(query):
            found |= {row.article, *by_series.get(row.series, ())} & ids
    return found


def carry(connection: Connection, old: str, text: str, newer: Article) -> None:
    """Takes the verdicts on an article's older version over to its newer one, where their words still stand.

    old, text: id and text of the older version. The older verdicts stay with it, in the history.
    """
    query = select(verdicts).where(verdicts.c.live, verdicts.c.article == old).order_by(verdicts.c.id)
    for row in connection.execute(query).all():
        ruling = carried(rows.ruling_of(row, newer.published), text, newer.text, newer.id)
        if ruling is None:
            continue
        values = {
            "article": newer.id,
            "kind": row.kind,
            "live": True,
            "anchors": [list(one) for one in ruling.anchors],
            "before": row.before,
            "after": rows.claim_json(ruling.after),
            "who": row.who,
            "why": row.why,
            "at": row.at,
            "replaces": None,
            "carried": row.id,
        }
        connection.execute(insert(verdicts).values(**values))

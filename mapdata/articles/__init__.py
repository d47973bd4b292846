"""Articles: files, folders, rows, feeds and addresses in; the stored text and its metadata out.

The text of an article is what all spans count in: the body after the front matter (for HTML the main
text), decoded, without BOM, with `\\n` line ends. docs/articles.md describes the formats.
"""

from mapdata.articles.cutting import Found, Part, parts, read_part
from mapdata.articles.intake import from_text, read, this_day
from mapdata.articles.limits import Limits
from mapdata.articles.record import article_id

__all__ = ["Found", "Limits", "Part", "article_id", "from_text", "parts", "read", "read_part", "this_day"]

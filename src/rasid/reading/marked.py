"""A text with coloured spans inside its lines, as HTML: right-to-left, no script, nothing placed absolutely.

Spans may overlap and nest: the text is cut at every edge, and each piece carries the slots of all spans over
it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from rasid.model.reading import Commitment, Incident, Meeting
from rasid.reading.explain import Explanation, Seen

_COLOURS = {
    "predicate": ("#8a1c1c", "#fde2e2"),
    "time": ("#5b3a00", "#fdeec8"),
    "place": ("#0b4f2f", "#d9f2e3"),
    "actor": ("#12396b", "#dbe8fb"),
    "harm": ("#6d1238", "#fadcea"),
    "weapon": ("#4a2a6b", "#eadff7"),
    "target": ("#3d4a00", "#eef3cc"),
    "service": ("#00494f", "#d2f1f3"),
    "source": ("#444444", "#e6e6e6"),
    "masked": ("#999999", "#f7f7f7"),
}
_STYLE = """
:root { color-scheme: light; }
body { font: 1.05rem/2 "Noto Naskh Arabic", "Amiri", "Segoe UI", Tahoma, sans-serif; max-inline-size: 60rem;
  margin: 2rem auto; padding-inline: 1rem; color: #1c1c1c; background: #fff; }
.text { white-space: pre-wrap; }
.m { border-radius: .25em; padding-block: .1em; border-block-end: 2px solid transparent; }
.evidence { border-block-end-color: #1c1c1c; border-radius: 0; }
.legend { display: flex; flex-wrap: wrap; gap: .5rem; font-size: .85rem; list-style: none; padding: 0; }
.legend li { padding-inline: .6em; border-radius: .25em; }
.items { display: grid; gap: .75rem; padding: 0; list-style: none; }
.items li { border: 1px solid #ddd; border-radius: .5rem; padding: .5rem 1rem; line-height: 1.7; }
.items q { quotes: "«" "»"; }
.tech { direction: ltr; unicode-bidi: isolate; font: .8rem/1.5 ui-monospace, monospace; color: #555; }
"""


def page(explanation: Explanation) -> str:
    """The whole view: the report with its spans, a legend, and what was read from it."""
    d = explanation.document
    style = _STYLE + "".join(f".{k} {{ color: {c}; background: {b}; }}\n" for k, (c, b) in _COLOURS.items())
    legend = "".join(f'<li class="{slot}">{slot}</li>' for slot in _COLOURS)
    day = explanation.context.published
    basis = explanation.context.published_basis
    about = f"{d.key} · {d.carrier} · " + (f"{day} ({basis})" if day else "day of publication unknown")
    return f"""<!DOCTYPE html>
<html lang="{escape(d.language)}" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(d.title or d.key)}</title><style>{style}</style></head>
<body>
<p class="tech" dir="ltr">{escape(about)}</p>
<ul class="legend" dir="ltr">{legend}</ul>
<div class="text">{marked(d.text, (*explanation.seen, *_evidence(explanation)))}</div>
<ul class="items">{"".join(_items(explanation))}</ul>
</body></html>
"""


def marked(text: str, seen: Iterable[Seen]) -> str:
    """The text as HTML; each piece under spans names their slots in its class and what took them in its
    title.
    """
    spans = [s for s in seen if 0 <= s.start < s.end <= len(text)]
    edges = sorted({0, len(text), *(e for s in spans for e in (s.start, s.end))})
    opening: dict[int, list[Seen]] = {}
    for s in spans:
        opening.setdefault(s.start, []).append(s)
    active: list[Seen] = []
    out = []
    for start, end in pairwise(edges):
        active = [s for s in active if s.end > start] + opening.get(start, [])
        out.append(_piece(text[start:end], active))
    return "".join(out)


def _piece(text: str, over: list[Seen]) -> str:
    if not over:
        return escape(text)
    slots = " ".join(dict.fromkeys(s.slot for s in over))
    title = "\n".join(f"{s.slot}: {s.label} [{s.rule}]" for s in over if s.slot != "evidence")
    return f'<span class="m {escape(slots)}" title="{escape(title)}">{escape(text)}</span>'


def _evidence(explanation: Explanation) -> Iterable[Seen]:
    r = explanation.reading
    items: list[Incident | Commitment | Meeting] = [*r.incidents, *r.commitments, *r.meetings]
    for item in items:
        for e in item.evidence:
            yield Seen(e.start, e.end, "evidence", item.id, item.rule or "")


def _items(explanation: Explanation) -> Iterable[str]:
    r = explanation.reading
    for x in r.incidents:
        yield _item(x.id, f"{x.type} {x.modality} {x.confidence:.2f}", x.rule, [e.text for e in x.evidence])
    for c in r.commitments:
        yield _item(c.id, f"{c.kind}: {', '.join(str(t.act) for t in c.terms)}", c.rule, [e.text for e in c.evidence])
    for m in r.meetings:
        yield _item(m.id, f"meeting {m.modality}", m.rule, [e.text for e in m.evidence])


def _item(name: str, what: str, rule: str | None, quotes: list[str]) -> str:
    said = " ".join(f"<q>{escape(q)}</q>" for q in quotes)
    return f'<li><span class="tech">{escape(name)} · {escape(what)} · {escape(rule or "")}</span><br>{said}</li>'

"""Invented reports in every carrier, made as the tools that users have make them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

TITLE = "قصف على أطراف بلدة النورية"
LEAD = "قصفت قوات النظام فجر أمس الجمعة بلدة النورية بقذائف المدفعية، ما أدى إلى إصابة ثلاثة مدنيين بجروح."
SECOND = (
    "وقال مصدر محلي لشبكة الفنار إن القذائف سقطت على الحي الشرقي ومحيط المدرسة، وإن عائلات نزحت نحو القرى المجاورة."
)
THIRD = "وكان وفد من الوجهاء قد اجتمع مساء الخميس مع ضباط روس تعهدوا بوقف القصف على البلدة وفك الحصار عنها."
BODY = (LEAD, SECOND, THIRD)
RELATED = ("مقتل عشرة مدنيين في غارة على مدينة الرحبة", "انفجار سيارة مفخخة وسط سوق الجبلين")
COMMENT = "الله يرحم الشهداء، قتل خمسون شخصا في قريتنا"


def page(body: str, *, head: str = "", charset: str = "utf-8") -> bytes:
    """A page with the frame around ``body`` that sites have: menu, related posts, comments, footer."""
    related = "".join(f"<li><a href='/{n}'>{t}</a></li>" for n, t in enumerate(RELATED))
    html = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{TITLE} - شبكة الفنار</title>{head}</head>
<body><header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/n">أخبار محلية</a></li></ul></nav></header>
{body}
<section class="related-posts"><h3>مقالات ذات صلة</h3><ul>{related}</ul></section>
<div id="comments"><h3>التعليقات</h3><p>{COMMENT}</p><form><label>اترك تعليقا</label><textarea></textarea></form></div>
<footer><p>جميع الحقوق محفوظة لشبكة الفنار 2023</p></footer></body></html>"""
    return html.encode(charset)


def article(**classes: str) -> str:
    """The article of a page in ordinary markup."""
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY)
    return f"<article class='post'><h1>{TITLE}</h1><div class='entry-content'>{paragraphs}</div></article>"


def message(number: int, text: object, **more: object) -> dict[str, object]:
    """A message as Telegram Desktop exports it."""
    return {
        "id": number,
        "type": "message",
        "date": "2021-08-07T01:20:00",
        "date_unixtime": "1628288400",
        "from": "شبكة الفنار",
        "from_id": "channel1200",
        "text": text,
        "text_entities": [],
        **more,
    }


def telegram(*messages: dict[str, object]) -> bytes:
    """A Telegram Desktop export of one channel."""
    chat = {"name": "شبكة الفنار", "type": "public_channel", "id": 1200, "messages": list(messages)}
    return json.dumps(chat, ensure_ascii=False, indent=1).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def lines(*records: object) -> bytes:
    """JSON lines."""
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode()


def packed(data: bytes) -> bytes:
    """The same, gzipped."""
    return gzip.compress(data)

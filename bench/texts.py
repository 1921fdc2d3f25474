"""Invented reports of a given length, the same for the same seed."""

from __future__ import annotations

import random

from rasid.lexicon.gazetteer import supplement

ACTORS = (
    "قوات النظام",
    "الفرقة الرابعة",
    "مسلحو الحوثي",
    "الجيش الوطني",
    "قوات الدعم السريع",
    "مقاتلو المعارضة",
)
DAYS = (
    "أمس الجمعة",
    "فجر اليوم",
    "مساء الخميس الماضي",
    "صباح السبت 7 آب",
    "قبل يومين",
    "أول من أمس",
    "ليل الأحد",
)
COUNTS = (
    "ثلاثة مدنيين",
    "مدنيين اثنين",
    "أكثر من 20 شخصا",
    "طفل وامرأة",
    "عدد من المدنيين",
    "نحو ثلاثين مقاتلا",
)
PATTERNS = (
    "قصفت {actor} {day} بلدة {place} بقذائف المدفعية، ما أدى إلى مقتل {count} وإصابة آخرين بجروح.",
    "وشن الطيران الحربي غارات على أطراف قرية {place} {day} من دون وقوع إصابات.",
    "اندلعت اشتباكات بين {actor} ومقاتلين محليين في محيط مدينة {place} واستمرت حتى ساعات المساء.",
    "وقال مصدر محلي فضل عدم الكشف عن اسمه إن {actor} اعتقلت {count} على حاجز قرب {place}.",
    "وتعهد وفد روسي خلال اجتماع مع الوجهاء {day} بوقف القصف على {place} وفك الحصار عنها.",
    "كما طالب المجلس المحلي في {place} بإدخال المساعدات الإنسانية وإعادة المياه والكهرباء.",
    "وأفادت وكالة الأنباء بأن عبوة ناسفة انفجرت {day} في سوق {place} وأسفرت عن مقتل {count}.",
    "ونزحت عشرات العائلات من {place} نحو القرى المجاورة بعد تجدد القصف {day}.",
    "وأكد المتحدث باسم القوات أن الوضع هادئ، وأن لجنة مشتركة ستجتمع الأسبوع المقبل لبحث الترتيبات.",
    "ويشار إلى أن المنطقة تشهد توترا منذ مطلع العام، وأن أسعار المواد الغذائية ارتفعت كثيرا.",
)


def reports(count: int, words: int = 450, seed: int = 7) -> list[str]:
    """``count`` reports of about ``words`` words each."""
    rng = random.Random(seed)
    places = sorted({p.name for p in supplement()})
    return [_report(rng, places, words) for _ in range(count)]


def _report(rng: random.Random, places: list[str], words: int) -> str:
    out = [f"تطورات ميدانية في {rng.choice(places)}\n"]
    left = words
    while left > 0:
        sentence = rng.choice(PATTERNS).format(
            actor=rng.choice(ACTORS), day=rng.choice(DAYS), place=rng.choice(places), count=rng.choice(COUNTS)
        )
        left -= len(sentence.split())
        out.append(sentence + ("\n" if rng.random() < 0.3 else ""))
    return "\n".join(out[:1]) + "\n" + " ".join(out[1:])

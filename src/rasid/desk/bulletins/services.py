"""Building and publishing bulletins. The text is the export's; this keeps which snapshot it came from and
who let it out.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import Any, Literal

from django.utils import timezone

from rasid.desk.bulletins.models import Bulletin
from rasid.desk.core import audit
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.shelf import book
from rasid.errors import InputError

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def build(held: dict[str, Any], user: Any) -> Bulletin:
    """Freeze the period and write it in both languages."""
    area = [a.strip() for a in re.split(r"[,،]", held["area"]) if a.strip()]
    taken = book().snapshot(held["start"], held["end"], area, who=audit.actor_of(user))
    slug = f"{held['end'].isoformat()}-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
    made = Bulletin(
        slug=slug,
        title=held["title"],
        note=held["note"],
        snapshot=taken.id,
        start=held["start"],
        end=held["end"],
        area="، ".join(area),
        made_by=user,
    )
    made.html_ar, made.html_en = rebuild(made)
    made.save()
    audit.note(
        "bulletin.built",
        by=user,
        record=f"bulletin:{slug}",
        snapshot=taken.id,
        sha256=hashlib.sha256((made.html_ar + made.html_en).encode()).hexdigest(),
    )
    return made


def rebuild(held: Bulletin) -> tuple[str, str]:
    """Both languages from the snapshot alone."""
    from rasid.export import bulletin

    taken = book().snapshot_by_id(held.snapshot)
    return bulletin.html(taken, "ar", title=held.title, note=held.note), bulletin.html(
        taken, "en", title=held.title, note=held.note
    )


def as_file(held: Bulletin, form: str, lang: Literal["ar", "en"]) -> bytes:
    """The bulletin as PDF or DOCX."""
    from rasid.export import bulletin

    write = bulletin.pdf if form == "pdf" else bulletin.docx
    return write(book().snapshot_by_id(held.snapshot), lang, title=held.title, note=held.note)


def publish(held: Bulletin, user: Any) -> None:
    """The second person lets it out."""
    if not user.may(May.PUBLISH):
        raise PermissionError
    if policy().two_person and held.made_by_id == user.pk:
        raise InputError("publication takes two people", where=held.slug, mend="ask another editor to publish it")
    if Bulletin.objects.filter(pk=held.pk, published=None).update(published=timezone.now(), published_by=user):
        audit.note("bulletin.published", by=user, record=f"bulletin:{held.slug}", snapshot=held.snapshot)


def style_hashes(html: str) -> list[str]:
    """CSP hashes of the bulletin's own style elements: it is one file that must also stand alone, and
    nothing else may style it.
    """
    found = re.findall(r"<style[^>]*>(.*?)</style>", html, re.S)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in found]

"""PDFs: what two extractors agree on is used, what they do not is named and its numbers left alone."""

import pytest

from rasid.intake import open_bytes
from rasid.intake.carriers.pdf import agreed

from .build import BODY, TITLE

COUNTED = "قتل 3 مدنيين وأصيب 12 آخرون يوم الجمعة 6 آب 2021 خلال 24 ساعة من القصف على الأحياء السكنية."


def _pdf(*paragraphs, font):
    fpdf = pytest.importorskip("fpdf", reason="fpdf2 comes with rasid[export]")
    pytest.importorskip("uharfbuzz", reason="uharfbuzz comes with rasid[export]")
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.add_font("f", fname=font)
    pdf.set_text_shaping(True, direction="rtl", script="Arab")
    pdf.set_font("f", size=13)
    for p in paragraphs:
        pdf.multi_cell(0, 8, p, align="R")
        pdf.ln(3)
    return bytes(pdf.output())


@pytest.fixture(scope="module")
def font():
    from pathlib import Path

    # DejaVu Sans, which has Arabic, comes with it
    matplotlib = pytest.importorskip("matplotlib", reason="its font comes with rasid[statistics]")

    return str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")


def test_an_arabic_pdf_comes_out_letter_by_letter(font):
    (doc,) = open_bytes(_pdf(TITLE, *BODY, COUNTED, font=font), "report.pdf")
    assert doc.title == TITLE
    assert doc.text.split("\n")[1:] == [*BODY, COUNTED]
    assert (doc.unreliable_numbers, doc.warnings) == (False, ())


def test_numbers_that_extractors_dispute_are_not_used(font):
    (doc,) = open_bytes(_pdf(TITLE, "أصيب ١٢ جريحا وفقد ٣٤ شخصا بين 5-7 آب.", *BODY, font=font), "report.pdf")
    assert doc.unreliable_numbers
    assert "page 1" in doc.warnings[0]
    assert doc.published is None


AGREED = {
    "lam-alef turned round by the one": (
        "قصف األحياء خالل يوم",
        "قصف الأحياء خلال يوم",
        "قصف الأحياء خلال يوم",
        True,
    ),
    "letters turned round by the one": ("فصق ىلع البلدة", "قصف على البلدة", "قصف على البلدة", True),
    "digits moved by the other, all of them": (
        "قتل 3 وأصيب 12 رجلا",
        "رجلا12 وأصيب3 قتل",
        "قتل 3 وأصيب 12 رجلا",
        True,
    ),
    "digits moved by one of them, some": (
        "قتل 3 وأصيب 12 وفقد 7",
        "قتل 3 وأصيب 7 وفقد 12",
        "قتل 3 وأصيب 12 وفقد 7",
        False,
    ),
    "digits turned round": ("قتل ١٢ رجلا", "قتل ٢١ رجلا", "قتل ١٢ رجلا", False),
    "a range": ("بين 7-5 قتلى", "بين 7-5 قتلى", "بين 7-5 قتلى", False),
    "words that nobody confirms": ("قصف على البلدة", "", "قصف على البلدة", False),
}


@pytest.mark.parametrize(("ordered", "lettered", "text", "reliable"), AGREED.values(), ids=AGREED)
def test_two_extractors_agree(ordered, lettered, text, reliable):
    page = agreed(ordered, lettered)
    assert (page.text, page.reliable) == (text, reliable)

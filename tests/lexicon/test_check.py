"""Every check of the knowledge refuses its bad sample, names file, line and entry, and passes what is good."""

import pytest

from rasid.lexicon.check import check

WEAPON = """kind = "weapon"

[[entry]]
id = "weapon.mortar"
value = "mortar"
forms = [
  "هاون",
]
yes = [{ text = "سقطت قذائف هاون على الحي", quote = "هاون" }]
"""
ACTOR = """[[entry]]
id = "xx.army"
kind = "forces"
label = { ar = "الجيش", en = "Army" }
names = [
  "الجيش",
]
"""
PLACES = "id,name,aliases,kind,parent,lat,lon,precision,source,en,flags\n"


def problems(tmp_path, **files):
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check(tmp_path)


def test_the_shipped_knowledge_has_no_problem():
    assert [str(p) for p in check()] == []


def test_good_files_pass(tmp_path):
    row = "sy.daraa,درعا,,city,sy,32.6,36.1,settlement,geonames,Daraa,\n"
    assert problems(tmp_path, nouns__weapons_toml=WEAPON, actors__xx_toml=ACTOR, places__xx_csv=PLACES + row) == []


BAD_WEAPONS = {
    "unknown key": (WEAPON + 'colour = "red"\n', "colour"),
    "key inside an example": (WEAPON.replace("quote =", "quota ="), "quota"),
    "value of no enumeration": (WEAPON.replace('value = "mortar"', 'value = "cannon"'), "value"),
    "no id": (WEAPON.replace('id = "weapon.mortar"\n', ""), "id"),
    "an id of other letters": (WEAPON.replace("weapon.mortar", "Weapon mortar"), "id"),
    "forms that are no list": (WEAPON.replace('[\n  "هاون",\n]', '"هاون"', 1), "forms"),
    "an empty form": (WEAPON.replace('"هاون",', '"",', 1), "forms"),
    "a second item that is garbage": (WEAPON + "\n[[entry]]\ngarbage = 1\n", "garbage"),
    "an id used twice": (WEAPON + WEAPON.partition("\n\n")[2], "id used"),
    "a direction mark": (WEAPON.replace('"هاون",', '"\u200fهاون",', 1), "direction mark"),
    "an invisible character": (WEAPON.replace('"هاون",', '"ها\u200bون",', 1), "invisible"),
    "a presentation form": (WEAPON.replace('"هاون",', '"\ufeeb\ufe8e\ufeed\ufee5",', 1), "presentation"),
    "tatweel": (WEAPON.replace('"هاون",', '"هـاون",', 1), "tatweel"),
    "not in form C": (WEAPON.replace('"هاون",', '"ا\u0653لة",', 1), "normal form"),
    "letters in reverse": (WEAPON.replace('"هاون",', '"ةفيذق",', 1), "teh marbuta"),
    "letters in reverse in an example": (WEAPON.replace("على الحي", "ىلع الحي"), "teh marbuta"),
    "stray blanks": (WEAPON.replace('"هاون",', '"هاون ",', 1), "blanks"),
    "a form twice": (WEAPON.replace('"هاون",', '"هاون",\n  "هاون",', 1), "2 times"),
    "no TOML": (WEAPON + "= 3\n", "no TOML"),
}


@pytest.mark.parametrize(("text", "what"), BAD_WEAPONS.values(), ids=BAD_WEAPONS)
def test_bad_entries_are_refused(tmp_path, text, what):
    found = problems(tmp_path, nouns__weapons_toml=text)
    assert any(what in p.what for p in found), found
    assert all(p.file == "nouns/weapons.toml" and p.line >= 1 and p.mend for p in found)


def test_a_problem_names_the_line_of_its_entry(tmp_path):
    (found,) = problems(tmp_path, nouns__weapons_toml=WEAPON + 'colour = "red"\n')
    assert (found.line, found.entry) == (4, "weapon.mortar")


BAD_ACTORS = {
    "an unknown parent": (ACTOR + 'parent = "xx.none"\n', "is no actor"),
    "an end before the beginning": (ACTOR + 'from = "2020"\nuntil = "2019"\n', "after its end"),
    "an unknown kind": (ACTOR.replace('"forces"', '"goblins"'), "kind"),
}


@pytest.mark.parametrize(("text", "what"), BAD_ACTORS.values(), ids=BAD_ACTORS)
def test_bad_actors_are_refused(tmp_path, text, what):
    assert any(what in p.what for p in problems(tmp_path, actors__xx_toml=text))


BAD_ROWS = {
    "sy.a,درعا,,hamlet,sy,32.6,36.1,settlement,x,Daraa,\n": "kind",
    "sy.a,درعا,,city,sy,32.6,36.1,exact,x,Daraa,\n": "precision",
    "sy.a,درعا,,city,sy,32.6,,settlement,x,Daraa,\n": "half a coordinate",
    "sy.a,درعا,,city,sy,132.6,36.1,settlement,x,Daraa,\n": "coordinate",
    "sy.a,درعا,,city\n": "cells",
    ",درعا,,city,sy,32.6,36.1,settlement,x,Daraa,\n": "key empty",
    "sy.a,ةعرد,,city,sy,32.6,36.1,settlement,x,Daraa,\n": "teh marbuta",
}


@pytest.mark.parametrize(("row", "what"), BAD_ROWS.items())
def test_bad_rows_are_refused(tmp_path, row, what):
    assert any(what in p.what for p in problems(tmp_path, places__xx_csv=PLACES + row))


def test_files_that_nobody_declared_are_refused(tmp_path):
    found = problems(tmp_path, misc__x_toml="a = 1\n", misc__y_csv="a,b\n1,2\n")
    (tmp_path / "z.yaml").write_text("a: 1")
    assert [p.what for p in found] == ["no schema for this file", "no columns known for this file"]
    assert "neither TOML nor CSV" in [p.what for p in check(tmp_path)]

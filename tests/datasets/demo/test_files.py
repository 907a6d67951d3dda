"""The data files: each is what its format says, holds its table, and comes out the same each time."""

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import pytest
from openpyxl import load_workbook

from datasets.demo.content import DIMENSIONS, Text, read_departments
from datasets.demo.files import make_files
from datasets.demo.files.structured import geojson_file
from datasets.demo.tables import fill

DEPARTMENTS = read_departments()
ENTRIES = [entry for department in DEPARTMENTS for entry in department.entries]
EVERY_KIND = {"csv", "txt", "pdf", "xlsx", "json", "xml", "geojson"}


@pytest.fixture(scope="module")
def sheets():
    return {entry.slug: fill(entry) for entry in ENTRIES}


def first_with(kind):
    return next((department, entry) for department in DEPARTMENTS for entry in department.entries if kind in entry.files)


def files_of(kind):
    department, entry = first_with(kind)
    return entry, [file for file in make_files(department, entry) if file.filename.endswith(f".{kind}") and kind in entry.files]


def test_every_table_fills_within_its_bounds(sheets):
    for entry in ENTRIES:
        sheet = sheets[entry.slug]
        divided = any(column.has_total for column in sheet.columns)
        moved = {name for group in entry.table.rising for name in group}
        for column, cells in zip(sheet.columns, zip(*sheet.rows, strict=True), strict=True):
            if column.high and not divided and column.id not in moved:
                assert column.low <= min(cells) <= max(cells) <= column.high, (entry.slug, column.id)
            if column.kind == "date" and column.id not in moved:
                assert column.first <= min(cells) <= max(cells) <= column.last, (entry.slug, column.id)


def test_rows_are_the_product_of_the_dimensions(sheets):
    for entry in ENTRIES:
        sheet = sheets[entry.slug]
        places = [n for n, column in enumerate(sheet.columns) if column.kind in DIMENSIONS]
        assert len({tuple(row[n] for n in places) for row in sheet.rows}) == len(sheet.rows), entry.slug


def test_a_total_is_the_sum_of_its_parts_and_a_rate_their_mean(sheets):
    sheet = sheets["unemployment-rate-monthly-by-province"]
    ids = [column.id for column in sheet.columns]
    total, men, women = (dict(zip(ids, row, strict=True)) for row in sheet.rows[:3])

    assert (total["gender"].en, men["gender"].en, women["gender"].en) == ("Total", "Men+", "Women+")
    assert total["employed"] == men["employed"] + women["employed"]
    assert total["unemployment_rate"] == pytest.approx((men["unemployment_rate"] + women["unemployment_rate"]) / 2, abs=0.06)


def test_what_must_rise_rises_in_each_row(sheets):
    for entry in ENTRIES:
        sheet = sheets[entry.slug]
        ids = [column.id for column in sheet.columns]
        for group in entry.table.rising:
            for row in sheet.rows:
                figures = [row[ids.index(name)] for name in group]
                assert figures == sorted(figures), entry.slug


def test_a_large_province_has_larger_counts_than_a_small_one(sheets):
    sheet = sheets["permanent-residents-monthly-province-category"]
    people = {}
    for _month, province, _category, persons in sheet.rows:
        people[province.en] = people.get(province.en, 0) + persons

    assert people["Ontario"] > 3 * people["Manitoba"] > 9 * people["Yukon"]


def test_temperatures_are_highest_in_summer(sheets):
    sheet = sheets["climate-normals-1991-2020"]
    toronto = {row[1].en: row[2] for row in sheet.rows if row[0].en == "Toronto"}

    assert max(toronto, key=toronto.get) in {"July", "August"}
    assert min(toronto, key=toronto.get) in {"January", "December"}


def test_every_kind_of_file_occurs():
    assert {kind for department in DEPARTMENTS for entry in department.entries for kind in entry.files} == EVERY_KIND


def test_csv_reads_back_in_each_language():
    entry, files = files_of("csv")
    sheet = fill(entry)

    assert [file.languages for file in files] == [("en",), ("fr",)]
    for file in files:
        language = file.languages[0]
        head, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
        assert file.content.startswith(b"\xef\xbb\xbf")
        assert head == [getattr(column.name, language) for column in sheet.columns]
        assert len(rows) == len(sheet.rows)
        assert rows[0][0] == str(getattr(sheet.rows[0][0], language, sheet.rows[0][0]))


def test_json_reads_back_in_both_languages():
    entry, (file,) = files_of("json")
    content = json.loads(file.content)

    assert (content["title_en"], content["title_fr"]) == entry.title
    assert [field["id"] for field in content["fields"]] == [column.id for column in entry.table.columns]
    assert len(content["records"]) == len(fill(entry).rows)


def test_geojson_is_a_collection_of_points_within_its_box(sheets):
    for entry in ENTRIES:
        if "geojson" not in entry.files:
            continue
        content = json.loads(geojson_file(DEPARTMENTS[0], entry, sheets[entry.slug]))
        west, south, east, north = content["bbox"]
        assert content["type"] == "FeatureCollection"
        assert "crs" not in content  # RFC 7946, section 4
        assert content["features"], entry.slug
        for feature in content["features"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["type"] == "Feature"
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= west <= longitude <= east <= 180, entry.slug
            assert -90 <= south <= latitude <= north <= 90, entry.slug


def test_xml_reads_back_with_its_languages():
    entry, (file,) = files_of("xml")
    root = ET.fromstring(file.content)
    titles = {element.get("{http://www.w3.org/XML/1998/namespace}lang"): element.text for element in root.findall("title")}

    assert titles == entry.title._asdict()
    assert len(root.findall("records/record")) == len(fill(entry).rows)


def test_workbook_has_a_sheet_for_each_language_and_notes():
    entry, (file,) = files_of("xlsx")
    book = load_workbook(io.BytesIO(file.content))
    sheet = fill(entry)

    assert book.sheetnames == ["Data", "Données", "Notes"]
    assert [cell.value for cell in book["Données"][1]] == [column.name.fr for column in sheet.columns]
    assert book["Data"].max_row == len(sheet.rows) + 1
    assert book["Data"].freeze_panes == "A2"
    for cell, value in zip(book["Data"][2], sheet.rows[0], strict=True):
        if isinstance(value, Text):
            assert cell.value == value.en
        elif isinstance(value, dt.date):
            assert cell.value.date() == value
    assert book["Notes"]["B5"].value.startswith("Données de démonstration")


def test_pdf_says_its_title_and_language():
    _entry, files = files_of("pdf")

    for file in files:
        assert file.content.startswith(b"%PDF-")
        assert file.content.rstrip().endswith(b"%%EOF")
        assert f"/Lang ({file.languages[0]}-CA)".encode() in file.content


def test_text_table_is_aligned_under_its_title():
    entry, files = files_of("txt")

    for file in files:
        lines = file.content.decode().splitlines()
        assert lines[0] == getattr(entry.title, file.languages[0])
        rule = next(number for number, line in enumerate(lines) if set(line) == {"-"})
        assert len(lines) == rule + 1 + len(fill(entry).rows)


def test_guide_gives_a_dictionary_in_each_language():
    department, entry = next((d, e) for d in DEPARTMENTS for e in d.entries if e.has_guide and "pdf" not in e.files)
    guides = [file for file in make_files(department, entry) if file.format == "PDF"]

    assert [(file.resource_type, file.languages) for file in guides] == [
        ("data_dictionary", ("en",)),
        ("data_dictionary", ("fr",)),
    ]


HASH = """
import hashlib
from datasets.demo.content import read_departments
from datasets.demo.files import make_files
from datasets.demo.files.structured import geojson_file
whole = hashlib.sha256()
for department in read_departments()[:4]:
    for entry in department.entries[:2]:
        for file in make_files(department, entry):
            whole.update(file.content)
print(whole.hexdigest())
"""


def test_files_are_the_same_bytes_in_every_process():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", HASH], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(hashes) == 1


def test_a_workbook_does_not_tell_when_it_was_written(time_machine):
    department, entry = first_with("xlsx")

    def workbook(year):
        time_machine.move_to(dt.datetime(year, 3, 4, tzinfo=dt.UTC))
        return next(file for file in make_files(department, entry) if file.format == "XLSX")

    assert workbook(2026) == workbook(2031)
    assert zipfile.ZipFile(io.BytesIO(workbook(2026).content)).testzip() is None


def test_names_of_files_are_unique_and_tell_no_path():
    names = [
        file.filename for department in DEPARTMENTS[:2] for entry in department.entries for file in make_files(department, entry)
    ]

    assert len(set(names)) == len(names)
    assert all(name.isascii() and "/" not in name for name in names)

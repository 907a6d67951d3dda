"""The page of a resource, its file and its preview."""

import hashlib
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from datasets import counters
from datasets.models import DailyCount
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"}


def resource_with(content: bytes, filename: str, **fields):
    """A public resource that holds this file."""
    dataset = fields.pop("dataset", None) or DatasetFactory(published=True)
    resource = ResourceFactory.build(dataset=dataset, url="", filename=filename, size=len(content), **fields)
    resource.sha256 = hashlib.sha256(content).hexdigest()
    resource.file.save(filename, ContentFile(content), save=False)
    resource.save()
    return resource


def get(client, resource, leaf="", **headers):
    response = client.get(resource.get_absolute_url() + leaf, headers=BROWSER | headers)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def workbook(rows):
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def broken_workbook(**parts):
    """A workbook in which these parts are others."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["Year"], [2024]]))) as whole, zipfile.ZipFile(content, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], whole.read(name)))
    return content.getvalue()


def feature(geometry):
    return b'{"type": "Feature", "geometry": %b, "properties": {}}' % geometry


def geojson(*positions):
    features = [
        {"type": "Feature", "properties": {"name": "Halifax"}, "geometry": {"type": "Point", "coordinates": p}} for p in positions
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_page_asks_two_queries_and_the_cache(client, django_assert_max_num_queries):
    resource = resource_with(b"a,b\n1,2\n", "t.csv")
    get(client, resource)

    with django_assert_max_num_queries(2):
        assert get(client, resource).status_code == 200


def test_file_is_given_out_so_that_nothing_runs_it(client):
    content = b"<script>alert(1)</script>"
    response = get(client, resource_with(content, "Tableau d’été.html", format="HTML"), "download")

    assert response.body == content
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Tableau%20d%E2%80%99%C3%A9t%C3%A9.html"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_file_name_can_not_leave_its_header(client):
    response = get(client, resource_with(b"x", '../../etc/passwd"\r\nSet-Cookie: a=b'), "download")

    assert response["Content-Disposition"] == 'attachment; filename="passwd\\"Set-Cookie: a=b"'
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("given", "shown"), [("C:\\data\\été 2024.csv", "%C3%A9t%C3%A9%202024.csv"), ("data/..", "file")])
def test_file_name_is_that_of_the_file_alone(client, given, shown):
    response = get(client, resource_with(b"x", given), "download")

    assert response["Content-Disposition"].removeprefix("attachment; ") in (f"filename*=utf-8''{shown}", f'filename="{shown}"')


@pytest.mark.parametrize(
    ("asked", "status", "content", "span"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_part_of_a_file(client, asked, status, content, span):
    response = get(client, resource_with(b"0123456789", "t.txt"), "download", Range=asked)

    assert response.status_code == status
    assert getattr(response, "body", b"") == content
    assert response.headers.get("Content-Range") == span


def test_changed_file_is_given_whole_to_who_wanted_the_rest_of_the_old_one(client):
    response = get(client, resource_with(b"0123456789", "t.txt"), "download", Range="bytes=5-", **{"If-Range": '"old"'})

    assert response.status_code == 200


def test_unchanged_file_is_not_sent_again(client):
    resource = resource_with(b"0123456789", "t.txt")

    assert get(client, resource, "download", **{"If-None-Match": f'"{resource.sha256}"'}).status_code == 304


def downloads_of(resource):
    counters.flush()
    rows = DailyCount.objects.filter(kind="download", dataset=resource.dataset)
    return sum(rows.values_list("count", flat=True))


def test_link_leads_where_the_file_lies_and_is_counted(client, django_user_model):
    resource = ResourceFactory(dataset=DatasetFactory(published=True), url="https://example.org/a.csv")
    response = get(client, resource, "download")

    assert (response.status_code, response["Location"]) == (302, "https://example.org/a.csv")
    assert downloads_of(resource) == 1


def test_later_parts_of_a_file_are_no_further_downloads(client):
    resource = resource_with(b"0123456789", "t.txt")
    for part in ("bytes=0-4", "bytes=5-9"):
        get(client, resource, "download", Range=part)

    assert downloads_of(resource) == 1


@pytest.mark.parametrize("leaf", ["", "download", "picture", "map.geojson"])
def test_resource_of_a_draft_is_not_found(client, leaf):
    resource = resource_with(geojson([-63.6, 44.6]), "t.geojson", dataset=DatasetFactory())

    assert get(client, resource, leaf).status_code == 404


def test_resource_is_found_under_its_own_dataset_only(client):
    resource, other = resource_with(b"x", "t.txt"), DatasetFactory(published=True)

    assert client.get(resource.get_absolute_url().replace(resource.dataset.name, other.name)).status_code == 404


@pytest.mark.parametrize("leaf", ["download", "picture"])
def test_file_that_was_lost_is_not_found(client, leaf):
    resource = resource_with(b"x", "t.png")
    resource.file.storage.delete(resource.file.name)

    assert get(client, resource, leaf).status_code == 404
    assert "could not be read" in get(client, resource_with(b"\x00", "t.xlsx")).content.decode()


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        ("Mois;Valeur\nété;1 234,5\n".encode("latin-1"), "Windows-1252", "semicolon"),
        ("Mois\tValeur\nété\t1 234,5\n".encode("utf-16"), "UTF-16", "tab"),
        ("Mois;Valeur\nété;1 234,5\n".encode("utf-16-le"), "UTF-16", "semicolon"),
        ("Mois|Valeur\nété|1 234,5\n".encode("utf-8-sig"), "UTF-8", "vertical bar"),
    ],
)
def test_table_is_read_whatever_its_encoding_and_separator(client, content, encoding, separator):
    page = get(client, resource_with(content, "t.csv")).content.decode()

    assert '<th scope="col">Mois</th><th scope="col" class="num">Valeur</th>' in page
    assert '<td>été</td><td class="num">1 234,5</td>' in page
    assert f"Encoding: {encoding}" in page
    assert f"Separator: {separator}" in page
    assert "Decimal comma" in page


def test_cells_are_text_not_markup(client):
    page = get(client, resource_with(b"a,b\n<script>alert(1)</script>,<b>x</b>\n", "t.csv")).content.decode()

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_long_table_shows_its_first_rows(client):
    content = ("n,m\n" + "".join(f"{n},{'x' * 400}\n" for n in range(5_000))).encode()
    response = get(client, resource_with(content, "t.csv"))

    assert "The first 50 rows" in response.content.decode()
    assert len(response.content) < 60_000


def test_wide_table_says_how_wide_it_is(client):
    content = (",".join(f"c{n}" for n in range(400)) + "\n" + ",".join("x" * 400) + "\n").encode()
    page = get(client, resource_with(content, "t.csv")).content.decode()

    assert "All 1 row" in page
    assert "the first 30 of 400 columns" in page


def test_workbook_shows_its_first_sheet(client):
    content = workbook([["Year", "Amount"], [2024, 1.5], [2025, None]])
    page = get(client, resource_with(content, "t.xlsx")).content.decode()

    assert '<td class="num">2024</td><td class="num">1.5</td>' in page


def test_workbook_that_would_fill_the_memory_is_not_opened(client):
    content = io.BytesIO(workbook([["Year"], [2024]]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"0" * 60_000_000)

    assert "could not be read" in get(client, resource_with(content.getvalue(), "bomb.xlsx")).content.decode()


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"{not json", "t.json"),
        (b"[" * 200_000, "t.json"),
        (b'{"type": "FeatureCollection", "features": [{"geometry": {"coordinates": [500000, 5000000]}}]}', "t.geojson"),
        (b'{"type": "Point", "coordinates": [500, 45]}', "t.geojson"),
        (b'{"type": "FeatureCollection", "features": 3}', "t.geojson"),
        (b'{"type": "FeatureCollection", "features": "none"}', "t.geojson"),
        (feature(b"[1, 2]"), "t.geojson"),
        (feature(b'"POINT(1 2)"'), "t.geojson"),
        (feature(b'{"type": "GeometryCollection", "geometries": [1]}'), "t.geojson"),
        (feature(b'{"type": "GeometryCollection", "geometries": 1}'), "t.geojson"),
        (feature(b'{"type": "Point", "coordinates": [%b, 45]}' % (b"9" * 400)), "t.geojson"),
        (feature(b'{"type": "Point", "coordinates": [NaN, 45]}'), "t.geojson"),
        (feature(b'{"type": "Point", "coordinates": [true, 45]}'), "t.geojson"),
        (feature(b'{"type": "Point", "coordinates": {"x": 1, "y": 45}}'), "t.geojson"),
        (feature(b'{"type": "Point", "coordinates": [[1, 45]]}'), "t.geojson"),
        (feature(b'{"type": "LineString", "coordinates": [[1, 45], [], [2, 45]]}'), "t.geojson"),
        (feature(b'{"type": "LineString", "coordinates": [[1, 45], 7, [2, 45]]}'), "t.geojson"),
        (feature(b'{"type": ["Point"], "coordinates": [1, 45]}'), "t.geojson"),
        (b"PK\x03\x04 no workbook", "t.xlsx"),
        (broken_workbook(sheet1=b"<worksheet><sheetData><row>"), "t.xlsx"),
        (broken_workbook(workbook=b"<workbook"), "t.xlsx"),
        (broken_workbook(workbook=b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'), "t.xlsx"),
        (b"", "t.csv"),
    ],
)
def test_file_that_is_not_what_it_says_has_a_page_all_the_same(client, content, filename):
    resource = resource_with(content, filename)
    response = get(client, resource)

    assert response.status_code == 200
    assert "could not be read" in response.content.decode()
    assert get(client, resource, "map.geojson").status_code == 404


def test_geometries_that_are_empty_are_left_out_of_the_map(client):
    parts = [
        b"null",
        b'{"type": "Point", "coordinates": []}',
        b'{"type": "MultiLineString", "coordinates": [[], [[1, 45], [2, 46]]]}',
    ]
    content = b'{"type": "FeatureCollection", "features": [%b]}' % b",".join(map(feature, parts))
    drawn = get(client, resource_with(content, "t.geojson"), "map.geojson").json()

    assert [each["geometry"]["coordinates"] for each in drawn["features"]] == [[[], [[1.0, 45.0], [2.0, 46.0]]]]


def test_true_false_and_lists_are_written_as_json_has_them(client):
    document = json.loads(geojson([-63.57, 44.65]))
    document["features"][0]["properties"] = {"is_open": True, "tags": ["é", None]}
    resource = resource_with(json.dumps(document).encode(), "t.geojson")
    page = get(client, resource).content.decode()

    assert "<td>true</td><td>[&quot;é&quot;, null]</td>" in page
    assert get(client, resource, "map.geojson").json()["features"][0]["properties"] == {"is_open": "true"}
    assert "<td>false</td>" in get(client, resource_with(workbook([["Open"], [False]]), "t.xlsx")).content.decode()


def test_json_is_set_to_be_read(client):
    page = get(client, resource_with('{"ville": "Québec"}'.encode(), "t.json")).content.decode()

    assert "{\n  &quot;ville&quot;: &quot;Québec&quot;\n}" in page


def test_geojson_is_drawn_and_also_told(client):
    resource = resource_with(geojson([-63.57, 44.65], [-63.5712345, 44.65]), "t.geojson", format="GEOJSON")
    page = get(client, resource).content.decode()
    drawn = get(client, resource, "map.geojson")

    assert f'data-features="{resource.get_absolute_url()}map.geojson"' in page
    assert "From 63.57°\u00a0W to 63.57°\u00a0W, from 44.65°\u00a0N to 44.65°\u00a0N." in page
    assert "<td>Halifax</td>" in page
    assert drawn.json()["features"][1]["geometry"]["coordinates"] == [-63.5712, 44.65]


def test_picture_is_shown_for_what_it_is(client):
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "JPEG")
    resource = resource_with(content.getvalue(), "t.png")
    response = get(client, resource, "picture")

    assert f'src="{resource.get_absolute_url()}picture"' in get(client, resource).content.decode()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_script_that_calls_itself_a_picture_is_not_shown(client):
    resource = resource_with(b"<svg onload=alert(1)>", "t.png")

    assert get(client, resource, "picture").status_code == 404


def test_file_on_another_site_is_not_fetched_to_be_shown(client):
    page = get(client, ResourceFactory(dataset=DatasetFactory(published=True), url="https://example.org/a.csv")).content.decode()

    assert "lies on another site" in page
    assert "Open at example.org" in page


def test_real_messy_files_all_have_a_page(client, sample_data):
    for path in sorted((sample_data / "messy").iterdir()):
        response = get(client, resource_with(path.read_bytes(), path.name))
        assert response.status_code == 200, path.name
        assert len(response.content) < 200_000, path.name

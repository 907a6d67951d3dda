"""A department's metadata as a table, out and in, and the same change of many records."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given as given_examples
from hypothesis import strategies as st

from accounts.enums import OrganizationRole
from datasets.forms.record_tables import SPEC_OF, to_cell, to_data
from datasets.models import Dataset, Revision
from datasets.selectors.working_copies import working_copy
from datasets.services import revisions
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import begun, people_of, signed, submitted

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def editor(client):
    organization = OrganizationFactory(name="dfo")
    person = MembershipFactory(role=OrganizationRole.EDITOR, organization=organization).user
    client.force_login(person)
    return person


@pytest.fixture
def department(editor):
    return editor.memberships.get().organization


@pytest.fixture
def draft(department, editor):
    dataset = DatasetFactory.build(owner_org=department, name="tides", title_en="Tides of Fundy")
    return revisions.open_record(dataset=dataset, actor=editor, now=NOW).dataset


def at(name, *args):
    return reverse(f"datasets:{name}", args=args)


def table(*rows):
    """A CSV of dicts with the same keys."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("records.csv", file.getvalue().encode())


def shown(client, file):
    return client.post(at("record-import", "dfo"), {"file": file})


def given(client, *rows):
    """What becomes of a table that is confirmed."""
    return client.post(at("record-import-apply", "dfo"), {"token": shown(client, table(*rows)).context["token"]})


def exported(client, format="csv"):
    return client.get(at("record-export", "dfo", format)).content


def test_what_goes_out_comes_in_and_changes_nothing(client, department, draft):
    DatasetFactory(owner_org=department, published=True, title_en="=1+1", keywords_fr=["éolienne", "mer"])

    for format in ("csv", "xlsx"):
        page = shown(client, SimpleUploadedFile(f"records.{format}", exported(client, format)))
        assert (page.status_code, page.context["preview"].unchanged, page.context["preview"].changes) == (200, 2, [])


def test_no_cell_is_a_formula(client, department):
    DatasetFactory(owner_org=department, published=True, title_en="=1+1")

    assert "'=1+1" in exported(client).decode()
    sheet = openpyxl.load_workbook(io.BytesIO(exported(client, "xlsx"))).active
    titles = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in titles] == ["s"]


def test_a_table_shows_what_it_changes_and_writes_it_when_it_is_confirmed(client, department, draft):
    public = DatasetFactory(owner_org=department, published=True, name="whales", title_en="Whales", subject=["law"])
    rows = (
        {"id": "", "name": "tides", "title_en": "Tides", "subject": "Nature and Environment; law"},
        {"id": str(public.pk), "name": "", "title_en": "Whales and seals", "subject": "law"},
        {"id": "", "name": "", "title_en": "Kelp", "subject": ""},
    )

    page = shown(client, table(*rows))
    assert [line["title"] for line in page.context["lines"]] == ["Tides", "Whales and seals", "Kelp"]
    assert Dataset.objects.count() == 2, "nothing is written before it is confirmed"
    given(client, *rows)

    tides, kelp = Dataset.objects.get(name="tides"), Dataset.objects.get(name="kelp")
    assert (tides.title_en, tides.subject) == ("Tides", ["nature_and_environment", "law"])
    assert (kelp.owner_org, kelp.state) == (department, "draft")
    public.refresh_from_db()
    assert public.title_en == "Whales", "the public sees it when it is released"
    assert working_copy(Revision.objects.get(dataset=public)).dataset.title_en == "Whales and seals"
    assert shown(client, SimpleUploadedFile("a.csv", exported(client))).context["preview"].changes == []


def test_every_error_is_told_by_line_and_column_and_nothing_is_taken(client, draft):
    rows = (
        {"name": "tides", "title_en": "Tides", "frequency": "sometimes", "date_published": "yesterday"},
        {"name": "unknown", "title_en": "Kelp", "frequency": "", "date_published": ""},
        {"name": "", "title_en": "", "frequency": "P1Y", "date_published": ""},
        {"name": "tides", "title_en": "Tides", "frequency": "P1Y", "date_published": ""},
    )

    page = shown(client, table(*rows))

    assert page.status_code == 422
    problems = {(problem.row, problem.column) for problem in page.context["preview"].problems}
    assert problems == {(2, "frequency"), (2, "date_published"), (3, "name"), (4, "title_en"), (5, "id")}
    assert "token" not in page.context


@pytest.mark.parametrize("content", [b"", b"colour\nred\n", b"title_en,colour\na,red\n", b"PK\x03\x04nonsense"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_no_table_of_records_is_refused(client, draft, content, name):
    page = shown(client, SimpleUploadedFile(name, content))

    assert page.status_code == 422
    assert "file" in page.context["form"].errors


def test_a_record_of_another_department_is_not_found_by_a_table(client, draft):
    other = DatasetFactory(title_en="Theirs")

    page = shown(client, table({"id": str(other.pk), "title_en": "Ours"}))

    assert [problem.column for problem in page.context["preview"].problems] == ["id"]
    assert client.get(at("record-export", other.owner_org.name, "csv")).status_code == 404


def test_what_somebody_else_changed_since_the_preview_stops_all_of_it(client, editor, draft):
    kelp = DatasetFactory.build(owner_org=draft.owner_org, name="kelp", title_en="Kelp")
    revisions.open_record(dataset=kelp, actor=editor, now=NOW)
    page = shown(client, table({"name": "kelp", "title_en": "Kelp beds"}, {"name": "tides", "title_en": "Tides"}))
    Dataset.objects.filter(name="tides").update(title_en="Theirs")

    answer = client.post(at("record-import-apply", "dfo"), {"token": page.context["token"]}, follow=True)

    assert "Somebody else has changed “Tides”" in answer.content.decode()
    assert set(Dataset.objects.values_list("title_en", flat=True)) == {"Kelp", "Theirs"}


def test_a_preview_is_written_once(client, draft):
    page = shown(client, table({"name": "", "title_en": "Kelp"}))
    for _again in range(2):
        client.post(at("record-import-apply", "dfo"), {"token": page.context["token"]})

    assert Dataset.objects.filter(title_en="Kelp").count() == 1


def test_a_column_that_stands_twice_is_named_and_nothing_is_taken(client, draft):
    page = shown(client, SimpleUploadedFile("a.csv", b"name,title_en,title_fr,title_en\ntides,Sea,Mer,Ice\n"))

    assert page.status_code == 422
    assert "more than one column of this name: title_en." in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_goes_out_in_the_same_queries(client, department, count, django_assert_num_queries):
    DatasetFactory.create_batch(count, owner_org=department)
    exported(client)

    with django_assert_num_queries(5):
        exported(client)


def chosen(client, *records):
    """What the page of the change of these records sends, as it is opened now."""
    data = {"record": [str(record.pk) for record in records]}
    return data | {"seen": client.get(at("record-bulk"), data).context["seen"]}


def confirmed(client, data):
    """The preview of a change of many records, and the answer when it is confirmed."""
    page = client.post(at("record-bulk"), data)
    return page, client.post(at("record-bulk"), {"record": data["record"], "token": page.context["token"]})


def test_the_same_change_is_made_in_many_records(client, department, draft):
    public = DatasetFactory(owner_org=department, published=True, frequency="P1M")
    other = DatasetFactory(frequency="P1M")
    page = client.get(at("record-bulk"), {"record": [str(draft.pk), str(public.pk), str(other.pk)]})
    assert {record.pk for record in page.context["records"]} == {draft.pk, public.pk}
    data = chosen(client, draft, public, other) | {
        "change-frequency": "on",
        "frequency": "P1Y",
        "maintainer_email": "sea@example.org",
    }
    page, answer = confirmed(client, data)

    assert {line["title"] for line in page.context["lines"]} == {draft.title_en, public.title_en}
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.frequency, draft.maintainer_email) == ("P1Y", ""), "a field whose box is not ticked stays"
    assert working_copy(Revision.objects.get(dataset=public)).dataset.frequency == "P1Y"
    assert set(Dataset.objects.filter(pk__in=[public.pk, other.pk]).values_list("frequency", flat=True)) == {"P1M"}


def test_nothing_of_many_is_written_before_it_is_confirmed_and_then_once(client, draft):
    data = chosen(client, draft) | {"change-frequency": "on", "frequency": "P1Y"}
    page = client.post(at("record-bulk"), data)
    draft.refresh_from_db()
    assert draft.frequency == "P1M"

    for expected in ("P1Y", "P1M"):
        client.post(at("record-bulk"), {"record": [str(draft.pk)], "token": page.context["token"]})
        draft.refresh_from_db()
        assert draft.frequency == expected
        Dataset.objects.filter(pk=draft.pk).update(frequency="P1M")


def test_what_was_shown_is_not_written_into_records_that_are_no_longer_ones_own(client, editor, draft):
    data = chosen(client, draft) | {"change-frequency": "on", "frequency": "P1Y"}
    page = client.post(at("record-bulk"), data)
    mine = MembershipFactory(user=editor, role="editor").organization
    editor.memberships.exclude(organization=mine).delete()
    other = DatasetFactory(owner_org=mine)

    client.post(at("record-bulk"), {"record": [str(draft.pk), str(other.pk)], "token": page.context["token"]})

    assert Dataset.objects.get(pk=draft.pk).frequency == "P1M"


def test_single_words_and_subjects_come_and_go_and_the_others_stay(client, department, draft):
    rows = [
        DatasetFactory(owner_org=department, keywords_en=words, subject=subjects)
        for words, subjects in ((["Ice", "water"], ["science_and_technology"]), (["tides"], ["economics_and_industry"]), ([], []))
    ]
    data = chosen(client, *rows) | {
        "add-keywords_en": ["Tides", "sea"],
        "remove-keywords_en": ["ice"],
        "add-subject": ["nature_and_environment"],
        "remove-subject": ["economics_and_industry"],
    }

    confirmed(client, data)

    now = [Dataset.objects.get(pk=row.pk) for row in rows]
    assert [row.keywords_en for row in now] == [["water", "Tides", "sea"], ["tides", "sea"], ["Tides", "sea"]]
    new = "nature_and_environment"
    assert [row.subject for row in now] == [["science_and_technology", new], [new], [new]]
    assert [row.keywords_fr for row in now] == [["logement"]] * 3


@pytest.mark.parametrize("damage", [None, "", "[", '{"x": 1}'])
def test_what_another_wrote_since_the_page_was_opened_is_told_by_record_and_stays(client, department, draft, damage):
    other, third = DatasetFactory.create_batch(2, owner_org=department, frequency="P1M", license_id="")
    data = chosen(client, draft, other, third) | {"change-frequency": "on", "frequency": "P1Y"}
    data |= {"change-maintainer_email": "on", "maintainer_email": "sea@example.org", "add-keywords_en": ["sea"]}
    Dataset.objects.filter(pk=other.pk).update(frequency="P1W", keywords_en=["theirs"])
    if damage is not None:
        page, _answer = confirmed(client, data | {"seen": damage})
        assert len(page.context["clashes"]) == 3, "nothing is known to have been seen"
        assert set(Dataset.objects.values_list("frequency", flat=True)) == {"P1M", "P1W"}
        return

    page, _answer = confirmed(client, data)

    assert [(line["title"], len(line["cells"])) for line in page.context["clashes"]] == [(other.title_en, 1)]
    assert "Somebody else changed these fields since you opened the page" in page.content.decode()
    rows = [Dataset.objects.get(pk=row.pk) for row in (draft, other, third)]
    assert [row.frequency for row in rows] == ["P1Y", "P1W", "P1Y"]
    assert [row.maintainer_email for row in rows] == ["sea@example.org"] * 3
    assert rows[1].keywords_en == ["theirs", "sea"]
    confirmed(client, data | {"seen": page.context["seen"]})
    assert Dataset.objects.get(pk=other.pk).frequency == "P1Y", "who saw it may write over it"


def test_a_change_of_no_field_is_refused(client, draft):
    answer = client.post(at("record-bulk"), {"record": [str(draft.pk)], "frequency": "P1Y"})

    assert answer.status_code == 422
    assert client.get(at("record-bulk")).status_code == 404


@pytest.mark.parametrize("way", ["table", "bulk"])
def test_the_preview_warns_of_what_is_on_its_way_and_of_sign_offs_that_lapse(client, department, draft, way):
    people = people_of(department)
    at_work, in_review = begun(people), submitted(begun(people), people)
    waiting, untouched = signed(begun(people), people), signed(begun(people), people)
    records = [each.dataset for each in (at_work, in_review, waiting)]
    if way == "table":
        lines = [{"name": row.name, "frequency": "P1Y"} for row in records]
        page = shown(client, table(*lines, {"name": untouched.dataset.name, "frequency": untouched.dataset.frequency}))
    else:
        data = chosen(client, *records) | {"change-frequency": "on", "frequency": "P1Y"}
        page = client.post(at("record-bulk"), data)

    assert {each.pk for each in page.context["brought_back"]} == {in_review.pk, waiting.pk}
    html = page.content.decode()
    assert "2 of these records are on their way to the public." in html
    assert html.count("the sign-off lapses") == 1


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from('; "'), min_size=2, max_size=12)


@given_examples(st.lists(WORDS.map(lambda word: " ".join(word.split())).filter(lambda word: len(word) > 1), unique=True))
def test_words_survive_a_cell_whatever_they_hold(words):
    assert to_data(SPEC_OF["keywords_en"], to_cell(words)) == words


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_keyword_with_a_semicolon_goes_out_and_comes_in(client, department, format):
    words = ["ice", "tides; currents", '"quoted"', '5" pipe', "=1+1"]
    record = DatasetFactory(owner_org=department, keywords_en=words)

    answer = shown(client, SimpleUploadedFile(f"a.{format}", exported(client, format)))

    assert answer.context["preview"].changes == []
    cell = '5" pipe; "tides; currents"'
    preview = shown(client, table({"name": record.name, "keywords_en": cell})).context["preview"]
    assert preview.changes[0].after == {"keywords_en": ['5" pipe', "tides; currents"]}


def test_the_fields_of_many_records_are_folded_but_those_that_say_something(client, draft):
    data = {"record": [str(draft.pk)], "change-frequency": "on", "frequency": "P1Y", "add-subject": ["nature_and_environment"]}

    form = client.post(at("record-bulk"), data).context["form"]

    assert [part.label for part in (*form.lists, *form.pairs) if part.is_open] == ["Subjects", "Frequency"]
    untouched = client.get(at("record-bulk"), {"record": data["record"]}).context["form"]
    assert not any(part.is_open for part in (*untouched.lists, *untouched.pairs))

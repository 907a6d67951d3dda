"""A department's metadata as a table, out and in, and the same change of many records."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole
from datasets.models import Dataset, Revision
from datasets.selectors.working_copies import working_copy
from datasets.services import revisions
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory

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

    assert "Somebody else has changed" in answer.content.decode()
    assert set(Dataset.objects.values_list("title_en", flat=True)) == {"Kelp", "Theirs"}


def test_a_preview_is_written_once(client, draft):
    page = shown(client, table({"name": "", "title_en": "Kelp"}))
    for _again in range(2):
        client.post(at("record-import-apply", "dfo"), {"token": page.context["token"]})

    assert Dataset.objects.filter(title_en="Kelp").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_goes_out_in_the_same_queries(client, department, count, django_assert_num_queries):
    DatasetFactory.create_batch(count, owner_org=department)
    exported(client)

    with django_assert_num_queries(5):
        exported(client)


def test_the_same_change_is_made_in_many_records(client, department, draft):
    public = DatasetFactory(owner_org=department, published=True, frequency="P1M")
    other = DatasetFactory(frequency="P1M")
    chosen = {"record": [str(draft.pk), str(public.pk), str(other.pk)]}

    page = client.get(at("record-bulk"), chosen)
    assert {record.pk for record in page.context["records"]} == {draft.pk, public.pk}
    data = chosen | {"change-frequency": "on", "frequency": "P1Y", "maintainer_email": "sea@example.org"}
    answer = client.post(at("record-bulk"), data)

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.frequency, draft.maintainer_email) == ("P1Y", ""), "a field whose box is not ticked stays"
    assert working_copy(Revision.objects.get(dataset=public)).dataset.frequency == "P1Y"
    assert set(Dataset.objects.filter(pk__in=[public.pk, other.pk]).values_list("frequency", flat=True)) == {"P1M"}


def test_a_change_of_no_field_is_refused(client, draft):
    answer = client.post(at("record-bulk"), {"record": [str(draft.pk)], "frequency": "P1Y"})

    assert answer.status_code == 422
    assert client.get(at("record-bulk")).status_code == 404

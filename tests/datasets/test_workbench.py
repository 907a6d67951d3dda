"""The editor's room: who sees which records, and what the form of one keeps."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.activity import of
from accounts.enums import OrganizationRole
from datasets.forms.merging import fingerprint, merge
from datasets.models import Dataset, Relationship, Revision
from datasets.selectors.working_copies import working_copy, working_links
from datasets.services import gates, revisions
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def department():
    return OrganizationFactory(title_en="Fisheries and Oceans", title_fr="Pêches et Océans")


@pytest.fixture
def people(department):
    return {role.value: MembershipFactory(organization=department, role=role).user for role in OrganizationRole}


@pytest.fixture
def editor(people, client):
    client.force_login(people["editor"])
    return people["editor"]


@pytest.fixture
def revision(department, people):
    return begun(department, people["editor"], title_en="Tides of Fundy", title_fr="Marées de Fundy")


def begun(department, actor, **columns):
    dataset = DatasetFactory.build(owner_org=department, **columns)
    return revisions.open_record(dataset=dataset, actor=actor, now=NOW, resources=ResourceFactory.build_batch(2))


def at(name, *args):
    return reverse(f"datasets:{name}", args=args)


def sent(page):
    """What a browser would send back of the record's form as the page shows it."""
    values = {field.html_name: field.value() for field in page.context["form"]}
    return {"seen": page.context["seen"]} | {name: "" if value is None else value for name, value in values.items()}


def opened(client, revision):
    return sent(client.get(at("record-edit", revision.pk)))


def save(client, revision, data, **changes):
    return client.post(at("record-edit", revision.pk), data | changes)


# The list


def test_the_list_counts_the_records_of_each_state_and_finds_by_title(client, editor, department, revision):
    DatasetFactory(owner_org=department, published=True, title_en="Whales")
    DatasetFactory(owner_org=department, withdrawn=True)
    DatasetFactory(published=True)

    page = client.get(at("record-list"))
    assert {bar.code: bar.count for bar in page.context["bars"] if bar.count} == {"editing": 1, "published": 1, "withdrawn": 1}
    found = client.get(at("record-list"), {"q": "marées"})
    assert [row.title_en for row in found.context["page"]] == ["Tides of Fundy"]
    assert [row.title_en for row in client.get(at("record-list"), {"state": "published"}).context["page"]] == ["Whales"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_however_many_records(client, editor, department, count, django_assert_num_queries):
    for number in range(count):
        begun(department, editor, title_en=f"Record {number}")
        DatasetFactory(owner_org=department, published=True)

    with django_assert_num_queries(11):
        page = client.get(at("record-list"))

    assert len(page.context["page"]) == 2 * count


def test_who_has_no_role_in_an_organization_has_no_workbench(client, django_user_model):
    assert client.get(at("record-list")).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(at("record-list")).status_code == 200
    client.force_login(django_user_model.objects.create_user("a@example.org"))
    assert client.get(at("record-list")).status_code == 404


@pytest.mark.parametrize("role", [role.value for role in OrganizationRole])
def test_members_read_and_editors_write(client, people, revision, role):
    client.force_login(people[role])
    expected = 200 if role == "editor" else 404

    assert client.get(at("record-list")).status_code == 200
    pages = [at("record-edit", revision.pk), at("record-resources", revision.pk), at("record-create")]
    pages += [at("record-link-add", revision.pk), at("record-file-add", revision.pk)]
    pages += [at("record-resource-edit", revision.pk, revision.dataset.resources.first().pk)]
    assert [client.get(page).status_code for page in pages] == [expected] * len(pages)


def test_another_department_finds_nothing_of_it(client, revision):
    client.force_login(MembershipFactory(role=OrganizationRole.EDITOR).user)
    resource = revision.dataset.resources.first()
    for name in ("record-edit", "record-resources", "record-link-add", "record-file-add"):
        assert client.get(at(name, revision.pk)).status_code == 404
    assert client.post(at("record-edit", revision.pk)).status_code == 404
    for name in ("record-resource-edit", "record-resource-move", "record-resource-remove"):
        assert client.post(at(name, revision.pk, resource.pk)).status_code == 404
    for name in ("record-revise", "record-duplicate"):
        assert client.post(at(name, revision.dataset.name)).status_code == 404
    assert list(client.get(at("record-list")).context["page"]) == []


def test_an_editor_elsewhere_does_not_change_what_is_public_here(client):
    public = DatasetFactory(published=True)
    client.force_login(MembershipFactory(role=OrganizationRole.EDITOR).user)

    assert client.post(at("record-revise", public.name)).status_code == 404
    assert client.post(at("record-duplicate", public.name)).status_code == 404


# Beginning, and the form


def test_a_record_begins_with_a_title(client, editor, department):
    data = {"owner_org": department.pk, "record_type": "dataset", "title_en": "Tides of Fundy", "title_fr": ""}
    for _again in range(2):
        answer = client.post(at("record-create"), data)

    names = set(Dataset.objects.values_list("name", flat=True))
    assert names == {"tides-of-fundy", "tides-of-fundy-2"}
    revision = Revision.objects.get(dataset__name="tides-of-fundy-2")
    assert answer.url == at("record-edit", revision.pk)
    assert (revision.state, revision.dataset.owner_org, list(revision.writers.all())) == ("editing", department, [editor])


def test_one_title_is_enough_in_either_language(client, editor, department):
    data = {"owner_org": department.pk, "record_type": "dataset", "title_en": "", "title_fr": "Marées de Fundy"}

    assert client.post(at("record-create"), data).status_code == 302
    assert Dataset.objects.get().name == "marees-de-fundy"
    assert client.post(at("record-create"), data | {"title_fr": ""}).status_code == 422


def test_nobody_begins_a_record_for_another_department(client, editor):
    data = {"owner_org": OrganizationFactory().pk, "record_type": "dataset", "title_en": "Tides"}

    assert client.post(at("record-create"), data).status_code == 422
    assert not Dataset.objects.exists()


def test_the_form_gives_back_what_it_shows(client, editor, revision):
    answer = save(client, revision, opened(client, revision))

    assert answer.status_code == 302
    revision.refresh_from_db()
    assert revision.number == 0, "nothing was changed: nothing is written"


def test_the_form_keeps_both_languages_codes_and_words(client, editor, revision):
    changes = {"notes_fr": "Hauteurs.", "keywords_fr": ["marée", "", " mer  froide "], "subject": ["nature_and_environment"]}
    answer = save(client, revision, opened(client, revision), **changes, maintainer_email="sea@example.org", next="1")

    assert answer.url == at("record-resources", revision.pk)
    dataset = Dataset.objects.get()
    assert (dataset.notes_fr, dataset.keywords_fr, dataset.subject) == (
        "Hauteurs.", ["marée", "mer froide"], ["nature_and_environment"],
    )  # fmt: skip
    assert dataset.maintainer_email == "sea@example.org"


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(client, editor, revision):
    answer = save(client, revision, opened(client, revision), title_en="Tides", maintainer_email="nobody", keywords_en=["x"])

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"maintainer_email", "keywords_en"}
    assert 'value="Tides"' in answer.content.decode()
    assert Dataset.objects.get().title_en == "Tides of Fundy"


def test_each_text_stands_beside_its_other_language(client, editor, revision):
    sections = client.get(at("record-edit", revision.pk)).context["sections"]

    pairs = [row for section in sections for row in section.rows if len(row) == 2]
    assert {(pair[0].html_name[-3:], pair[1].html_name[-3:]) for pair in pairs} == {("_en", "_fr")}
    assert all([field.field.widget.attrs["lang"] for field in pair] == ["en", "fr"] for pair in pairs)
    assert "title_en" in [pair[0].html_name for pair in pairs]


def test_further_fields_come_with_the_kind_of_record(client, editor, revision):
    data = opened(client, revision)
    assert "reference_system_information" not in data

    save(client, revision, data, collection="fgp")

    assert "reference_system_information" in opened(client, revision)


# Kept as one goes


def test_what_holds_is_kept_as_one_goes_and_the_meter_follows(client, editor, revision):
    data = opened(client, revision) | {"title_en": "Tides", "frequency": "", "maintainer_email": "nobo"}

    answer = client.post(at("record-edit", revision.pk), data, headers=HTMX)

    html = answer.content.decode()
    assert Dataset.objects.get().title_en == "Tides"
    assert "E-mail" in html or "Contact e-mail" in html
    assert 'id="meter"' in html
    assert "Frequency of updates" in html
    again = client.post(at("record-edit", revision.pk), data | {"seen": answer.context["seen"]}, headers=HTMX)
    assert again.status_code == 200
    assert Revision.objects.get().number == 1, "the second time nothing was changed"


def test_what_waits_for_review_is_not_changed_as_one_goes(client, editor, revision):
    data = opened(client, revision)
    gates.submit(revision=revision, actor=editor, now=NOW)

    client.post(at("record-edit", revision.pk), data | {"title_en": "Tides"}, headers=HTMX)
    assert Dataset.objects.get().title_en == "Tides of Fundy"

    save(client, revision, data, title_en="Tides")
    revision.refresh_from_db()
    assert (Dataset.objects.get().title_en, revision.state) == ("Tides", "editing")


def test_a_stretch_of_work_is_one_step_of_the_history(client, editor, people, revision):
    for title in ("Ti", "Tid", "Tides"):
        client.post(at("record-edit", revision.pk), opened(client, revision) | {"title_en": title}, headers=HTMX)

    versions = revision.dataset.versions.filter(resource_id=None)
    assert [(version.data["title_translated"]["en"], version.number) for version in versions.all()] == [("Tides", 4)]
    assert [row.verb for row in of(revision.dataset)] == ["dataset.update", "revision.begin", "dataset.create"]

    save(client, revision, opened(client, revision), title_en="Tides of the sea")
    assert versions.count() == 2, "a press of the button is a step of its own"
    gates.submit(revision=revision, actor=editor, now=NOW)
    gates.recall(revision=revision, actor=editor, now=timezone.now())
    client.post(at("record-edit", revision.pk), opened(client, revision) | {"title_en": "Sea"}, headers=HTMX)
    assert versions.count() == 3, "what reviewers may have seen stays"


def test_a_stretch_of_work_on_a_public_record_is_one_line_of_the_log(client, editor, department):
    public = DatasetFactory(owner_org=department, published=True, title_en="Whales")
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    for title in ("Wh", "Wha"):
        client.post(at("record-edit", revision.pk), opened(client, revision) | {"title_en": title}, headers=HTMX)

    assert [row.verb for row in of(public)] == ["revision.save", "revision.begin"]


# Two at once


def test_two_who_change_different_fields_both_keep_them(client, editor, revision):
    mine = opened(client, revision)
    save(client, revision, opened(client, revision), title_en="Tides")

    answer = client.post(at("record-edit", revision.pk), mine | {"notes_en": "Heights."}, follow=True)

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.notes_en) == ("Tides", "Heights.")
    assert "Both are kept" in answer.content.decode()


def test_two_who_change_the_same_field_see_both_and_decide(client, editor, revision):
    mine = opened(client, revision)
    save(client, revision, opened(client, revision), title_en="Theirs", notes_fr="Les leurs.")

    page = save(client, revision, mine, title_en="Mine", notes_en="Heights.")

    assert page.status_code == 409
    assert Dataset.objects.get().title_en == "Theirs"
    clash = page.context["clashes"]
    assert [(row["field"].name, row["mine"], row["stored"]) for row in clash] == [("title_en", "Mine", "Theirs")]
    shown = sent(page)
    assert (shown["title_en"], shown["notes_en"], shown["notes_fr"]) == ("Mine", "Heights.", "Les leurs.")
    save(client, revision, shown)
    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.notes_en, dataset.notes_fr) == ("Mine", "Heights.", "Les leurs.")


@pytest.mark.parametrize("damage", [None, "", "{", "[]", "{}", "partly"])
def test_what_a_form_without_its_fingerprints_holds_is_shown_beside_what_is_stored(client, editor, revision, damage):
    data = opened(client, revision) | {"title_en": "Mine", "subject": ["law"]}
    whole = data.pop("seen")
    if damage is not None:
        data["seen"] = whole.replace('"title_en"', '"lost"') if damage == "partly" else damage

    page = client.post(at("record-edit", revision.pk), data)

    assert page.status_code == 409
    assert Dataset.objects.get().title_en == "Tides of Fundy"
    html = page.content.decode()
    assert "A part of the form was lost on its way" in html
    assert 'value="Mine"' in html
    assert "title_en" in [row["field"].name for row in page.context["clashes"]]
    save(client, revision, sent(page))
    assert (Dataset.objects.get().title_en, Dataset.objects.get().subject) == ("Mine", ["law"])


def test_an_empty_choice_is_shown_as_empty_and_stays(client, editor, revision):
    Dataset.objects.update(collection="", license_id="")

    page = client.get(at("record-edit", revision.pk))

    assert page.context["form"].fields["collection"].choices[0][0] == ""
    assert page.context["form"].fields["license_id"].choices[0][0] == ""


def test_what_nobody_sees_is_no_title_and_no_description(client, editor, department, revision):
    unseen = "\u200b\u2060 \u00a0\u200d"
    data = {"owner_org": department.pk, "record_type": "dataset", "title_en": unseen, "title_fr": ""}
    assert client.post(at("record-create"), data).status_code == 422

    save(client, revision, opened(client, revision), title_fr=unseen, notes_fr=unseen, keywords_fr=[unseen, "mer"])

    dataset = Dataset.objects.get()
    assert (dataset.title_fr, dataset.notes_fr, dataset.keywords_fr) == ("", "", ["mer"])
    assert "title in French" in client.post(at("revision-move", revision.pk, "submit")).content.decode()


def test_a_title_is_one_line_and_reads_as_it_is_spelled(client, editor, revision):
    save(client, revision, opened(client, revision), title_en="Ti\u202edes\r\nof Fundy", title_fr="Marées\u00a0: « Fundy »")
    assert (Dataset.objects.get().title_en, Dataset.objects.get().title_fr) == ("Tides of Fundy", "Marées\u00a0: « Fundy »")


@pytest.mark.parametrize("field", ["program_page_url_en", "maintainer_contact_form_fr"])
def test_an_address_with_a_password_is_not_kept(client, editor, revision, field):
    page = save(client, revision, opened(client, revision), **{field: "https://me:secret@example.org/"})

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert getattr(Dataset.objects.get(), field) == ""


def test_as_one_goes_nothing_of_another_is_overwritten(client, editor, revision):
    mine = opened(client, revision)
    save(client, revision, opened(client, revision), title_en="Theirs")

    answer = client.post(at("record-edit", revision.pk), mine | {"title_en": "Mine", "notes_en": "Heights."}, headers=HTMX)

    assert "compare" in answer.content.decode()
    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.notes_en) == ("Theirs", "Heights.")
    page = save(client, revision, mine | {"seen": answer.context["seen"]}, title_en="Mine", notes_en="Heights.")
    assert page.status_code == 409


def test_what_was_written_for_a_closed_revision_is_still_there(client, editor, revision):
    mine = opened(client, revision)
    gates.discard(revision=revision, actor=editor, now=NOW)

    page = save(client, revision, mine, title_en="Mine")

    assert page.status_code == 409
    assert 'value="Mine"' in page.content.decode()
    assert client.get(at("record-edit", revision.pk)).url == at("revision-detail", revision.pk)


def test_a_merge_asks_only_about_what_both_changed():
    seen = {name: fingerprint("old") for name in "abcd"}

    found = merge(
        seen=seen,
        written={"a": "mine", "b": "old", "c": "mine", "d": "same"},
        stored={"a": "old", "b": "theirs", "c": "theirs", "d": "same"},
    )

    assert (found.changes, found.clashes, found.others) == ({"a": "mine", "c": "mine"}, {"c": "theirs"}, ["b"])


# The record as a whole


def test_a_complete_record_goes_to_review_and_an_incomplete_one_says_what_it_lacks(client, editor, revision):
    save(client, revision, opened(client, revision), title_fr="")
    refused = client.post(at("revision-move", revision.pk, "submit"))
    assert "title in French" in refused.content.decode()
    assert "Title in French" in client.get(at("record-edit", revision.pk)).content.decode()

    save(client, revision, opened(client, revision), title_fr="Marées")
    client.post(at("revision-move", revision.pk, "submit"))

    revision.refresh_from_db()
    assert revision.state == "review"


def test_a_public_record_is_changed_beside_the_public_row(client, editor, department):
    public = DatasetFactory(owner_org=department, published=True, title_en="Whales", resources=1)

    answer = client.post(at("record-revise", public.name))
    revision = Revision.objects.get()
    assert answer.url == at("record-edit", revision.pk)
    save(client, revision, opened(client, revision), title_en="Whales and seals")

    public.refresh_from_db()
    assert (public.title_en, working_copy(revision).dataset.title_en) == ("Whales", "Whales and seals")


def test_a_duplicate_has_the_description_and_none_of_its_own(client, editor, revision):
    Dataset.objects.update(digital_object_identifier="10.5/1", org_section_en="Sea branch")

    client.post(at("record-duplicate", revision.dataset.name))

    copy = Dataset.objects.exclude(pk=revision.dataset_id).get()
    assert (copy.title_en, copy.title_fr) == ("Copy of Tides of Fundy", "Copie de Marées de Fundy")
    assert (copy.name, copy.keywords_fr, copy.org_section_en) == ("copy-of-tides-of-fundy", ["logement"], "Sea branch")
    assert (copy.digital_object_identifier, copy.date_published, copy.resources.count()) == ("", None, 0)


def test_work_is_set_aside_and_taken_up_again(client, editor, revision):
    client.post(at("revision-move", revision.pk, "discard"))
    page = client.get(at("record-list"))
    assert {bar.code: bar.count for bar in page.context["bars"] if bar.count} == {"draft": 1}

    client.post(at("record-revise", revision.dataset.name))

    assert Revision.objects.open().get().dataset == revision.dataset


THANKS = {"credit_name": {"en": "Coast Guard", "fr": "Garde côtière"}, "credit_role": "lent the ship"}


def test_whom_to_thank_where_to_write_and_what_a_machine_translated_are_written_in_the_form(client, editor, revision):
    Dataset.objects.filter(pk=revision.dataset_id).update(
        credit=[THANKS], contact_information={"en": {"city": "Halifax", "fax": "1"}}, machine_translated={"title": "en"}
    )
    data = opened(client, revision) | {
        "credit_en": ["Coast Guard", "Crew", ""],
        "credit_fr": ["Garde côtière", "Équipage", ""],
        "contact_information_city_en": "Sydney",
        "contact_information_city_fr": "Sydney",
        "machine_translated": ["notes:fr"],
    }

    client.post(at("record-edit", revision.pk), data)

    dataset = Dataset.objects.get(pk=revision.dataset_id)
    assert dataset.credit == [THANKS, {"credit_name": {"en": "Crew", "fr": "Équipage"}}]
    assert dataset.contact_information == {"en": {"city": "Sydney", "fax": "1"}, "fr": {"city": "Sydney"}}
    assert dataset.machine_translated == {"notes": "fr"}
    twice = data | {"machine_translated": ["notes:fr", "notes:en"], "seen": opened(client, revision)["seen"]}
    assert "machine_translated" in client.post(at("record-edit", revision.pk), twice).context["form"].errors


def related(to, kind="supersedes", french=""):
    """What a browser sends of one relationship, and of the empty row after it."""
    rows = {"kind": kind, "related_type": "dataset", "to": to, "url_fr": french}
    return {f"links_{part}": [text, "dataset" if part == "related_type" else ""] for part, text in rows.items()}


@pytest.mark.parametrize("is_public", [False, True], ids=["draft", "public"])
def test_a_record_is_related_to_others_by_name_title_or_address_and_stays_so(client, editor, department, revision, is_public):
    if is_public:
        revision = revisions.revise(dataset=DatasetFactory(owner_org=department, published=True), actor=editor, now=NOW)
    other = DatasetFactory(published=True, name="old-tides", title_en="Tides until 2010")
    for to in ("old-tides", "Tides until 2010", str(other.pk), other.get_absolute_url()):
        assert save(client, revision, opened(client, revision), **related(to)).status_code == 302
        assert [link["url"].rpartition("/")[2] for link in working_links(revision)] == [str(other.pk)]
        save(
            client,
            revision,
            opened(client, revision),
            links_kind=[""],
            links_related_type=["dataset"],
            links_to=[""],
            links_url_fr=[""],
        )
        assert working_links(revision) == []

    elsewhere = related("https://example.org/a", french="https://example.org/b")
    save(client, revision, opened(client, revision), **elsewhere)
    save(client, revision, opened(client, revision), **elsewhere, title_en="Other")
    link = {"kind": "supersedes", "related_type": "dataset", "url": "https://example.org/a", "url_fr": "https://example.org/b"}
    assert working_links(revision) == [link]


def test_a_relationship_that_leads_nowhere_to_itself_or_in_a_circle_is_refused(client, editor, revision):
    DatasetFactory(published=True, name="old-tides", title_en="Tides until 2010")
    follows = DatasetFactory(published=True, name="new-tides")
    Relationship.objects.create(dataset=follows, kind="supersedes", target=revision.dataset)

    def told(to, kind="supersedes"):
        page = save(client, revision, opened(client, revision), **related(to, kind))
        assert page.status_code == 422
        return str(page.context["form"].errors["links"])

    assert "old-tides" in told("until")
    assert "no address" in told("javascript:alert(1)")
    assert "itself" in told(revision.dataset.name)
    assert "the other way round" in told("new-tides")
    assert "kind of relationship" in told("new-tides", kind="")
    assert working_links(revision) == []

"""The administration: its pages open for whom they are meant, cost the same with 100 rows, and write through services."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.activity import of, record, sentence_of
from accounts.models import (
    Activity,
    Delegation,
    Invitation,
    Membership,
    Notification,
    NotificationPreference,
    Organization,
    PortalAppointment,
    User,
)
from datasets.models import (
    Announcement,
    Answer,
    DailyCount,
    Dataset,
    DatasetComment,
    DatasetFollow,
    DatasetRating,
    DatasetScore,
    Enquiry,
    OrganizationFollow,
    Relationship,
    Reminder,
    Resource,
    Revision,
    RevisionItem,
    SignOff,
    Stay,
    SubjectFollow,
    Term,
    Upload,
    Version,
)
from datasets.services.records import save_dataset
from engagement.models import (
    ChainLink,
    ChainSeal,
    HintSalt,
    HumanCheck,
    Invalidation,
    Proof,
    Report,
    TrailRemoval,
    TrustedNetwork,
    UsedChallenge,
    VoteEvent,
    VoteHint,
)
from opengov.search.models import OutboxEntry
from requests_app.models import DataRequest, RequestComment, RequestFollow, RequestVote, StatusChange, Turn
from tests.factories import engagement as taking_part
from tests.factories import follows
from tests.factories.accounts import (
    AppointmentFactory,
    DelegationFactory,
    InvitationFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.factories.datasets import (
    DatasetCommentFactory,
    DatasetFactory,
    DatasetRatingFactory,
    DatasetScoreFactory,
    EnquiryFactory,
    ResourceFactory,
)
from tests.factories.gates import begun, people_of, released_dataset, signed
from tests.factories.requests_app import DataRequestFactory, RequestCommentFactory, RequestVoteFactory, StatusChangeFactory
from tests.factories.staff import staff

pytestmark = pytest.mark.django_db
OURS = ("accounts", "datasets", "engagement", "requests_app", "search")
MOST_QUERIES = 22
# What has no page of its own: it stands on another one, or jobs keep it and people read what comes of it.
PARTS = {
    *(Relationship, RevisionItem, Answer, SignOff, Upload, Stay, Reminder, Notification, NotificationPreference),
    *(ChainLink, HintSalt, VoteHint, UsedChallenge, Turn),
}


def count_row(**columns):
    return DailyCount.objects.create(day=dt.date(2026, 1, 1), kind="view", dataset=DatasetFactory(), count=3, **columns)


def version_row():
    return Version.objects.create(dataset=DatasetFactory(), number=1, data={"name": "a"}, at=timezone.now(), actor=UserFactory())


def revision_row():
    """With an answer of the review and a sign-off, which stand on its page."""
    revision = Revision.objects.create(dataset=DatasetFactory())
    said = {"revision": revision, "content_hash": "a", "at": timezone.now()}
    Answer.objects.create(criterion="privacy", decision="met", reviewer=UserFactory(), **said)
    SignOff.objects.create(name="Ada", position="CIO", text="Yes.", signed_on=dt.date(2026, 1, 1), signer=UserFactory(), **said)
    return revision


MAKERS = {
    User: lambda: AppointmentFactory(user__display_name="Ada").user,
    Membership: lambda: MembershipFactory(granted_by=UserFactory()),
    Delegation: DelegationFactory,
    PortalAppointment: lambda: AppointmentFactory(role="author", granted_by=UserFactory()),
    Invitation: InvitationFactory,
    Activity: lambda: record("person.join", UserFactory(), UserFactory()),
    Organization: lambda: OrganizationFactory(parent=OrganizationFactory()),
    Dataset: lambda: DatasetFactory(resources=2),
    Resource: ResourceFactory,
    Version: version_row,
    Revision: revision_row,
    Term: lambda: Term.objects.create(
        vocabulary="subject", code=f"own_{Term.objects.count()}", label_en="Own", label_fr="Le sien"
    ),
    Enquiry: lambda: EnquiryFactory(dataset=DatasetFactory(), taken_by=UserFactory()),
    DailyCount: count_row,
    OutboxEntry: lambda: OutboxEntry.objects.create(model="datasets.dataset", object_id="1"),
    VoteEvent: taking_part.VoteEventFactory,
    ChainSeal: taking_part.ChainSealFactory,
    Proof: taking_part.ProofFactory,
    HumanCheck: taking_part.HumanCheckFactory,
    TrailRemoval: taking_part.TrailRemovalFactory,
    Report: taking_part.ReportFactory,
    DatasetComment: lambda: DatasetCommentFactory(thing=DatasetFactory()),
    DatasetRating: lambda: DatasetRatingFactory(thing=DatasetFactory()),
    DatasetScore: lambda: DatasetScoreFactory(thing=DatasetFactory()),
    RequestComment: RequestCommentFactory,
    TrustedNetwork: taking_part.TrustedNetworkFactory,
    Invalidation: taking_part.InvalidationFactory,
    DataRequest: lambda: DataRequestFactory(organization=OrganizationFactory()),
    RequestVote: RequestVoteFactory,
    StatusChange: StatusChangeFactory,
    RequestFollow: follows.RequestFollowFactory,
    DatasetFollow: lambda: follows.DatasetFollowFactory(thing=DatasetFactory()),
    OrganizationFollow: follows.OrganizationFollowFactory,
    SubjectFollow: follows.SubjectFollowFactory,
    Announcement: lambda: Announcement.objects.create(dataset=DatasetFactory(), event="changed", at=timezone.now()),
}
CATALOGUE = {Organization, Dataset, Resource, Version, Revision, Term, DailyCount, DataRequest, StatusChange, DatasetScore}
TAKING_PART = {
    Report,
    DatasetComment,
    DatasetRating,
    RequestComment,
    VoteEvent,
    ChainSeal,
    Proof,
    HumanCheck,
    TrailRemoval,
    TrustedNetwork,
    Invalidation,
    RequestVote,
}
SEEN = {
    "author": CATALOGUE,
    "moderator": CATALOGUE | {Enquiry} | TAKING_PART,
    "publisher": CATALOGUE | {Enquiry},
    "administrator": set(MAKERS),
    "operator": set(MAKERS),
}


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def publisher(client):
    user = staff("publisher")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = staff("administrator")
    client.force_login(user)
    return user


@pytest.fixture
def draft(publisher):
    dataset = DatasetFactory.build(owner_org=OrganizationFactory())
    return save_dataset(dataset=dataset, actor=publisher, now=timezone.now())


def act(client, action, *rows, **said):
    """Ask for an action on the list, as its page does."""
    model = type(rows[0])
    data = {"action": action, "_selected_action": [row.pk for row in rows], **said}
    return client.post(address(model), data, follow=True)


def test_each_model_of_ours_has_its_pages():
    models = {model for model in apps.get_models() if model._meta.app_label in OURS}

    assert models - set(admin.site._registry) == PARTS, "they are part of something else, which has one"
    assert models - PARTS == set(MAKERS)


def test_nothing_that_people_sign_in_with_has_pages():
    shown = {model._meta.app_label for model in admin.site._registry}

    assert shown <= {*OURS, "django_rq"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_what_is_theirs_in_both_languages(client, role, language):
    rows = [make() for make in MAKERS.values()]
    client.force_login(staff(role))

    with translation.override(language):
        index = client.get(reverse("admin:index")).content.decode()
        for row in rows:
            pages = [address(type(row)), address(type(row), "change", row.pk), address(type(row), "history", row.pk)]
            expected = 200 if type(row) in SEEN[role] else 403
            assert [client.get(page).status_code for page in pages] == [expected] * 3, type(row)
            assert (f'href="{pages[0]}"' in index) == (expected == 200), type(row)


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_lists_and_pages_cost_the_same_with_one_row_and_with_a_hundred(client, administrator, model):
    def queries(page):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        assert not [query for query in asked if "COUNT(*)" in query["sql"] and "LIMIT" not in query["sql"]], "a full count"
        return len(asked)

    row = MAKERS[model]()
    pages = [address(model), address(model) + "?q=a", address(model, "change", row.pk)]
    for page in pages:
        client.get(page)
    few = [queries(page) for page in pages]
    for _ in range(99):
        MAKERS[model]()
    many = [queries(page) for page in pages]

    assert many == few
    assert max(many) <= MOST_QUERIES


def test_a_list_counts_no_further_than_ten_thousand(client, publisher, monkeypatch):
    monkeypatch.setattr("opengov.administration.MOST_COUNTED", 2)
    DatasetFactory.create_batch(3)

    page = client.get("/en/admin/datasets/dataset/").content.decode()

    assert "More than 2 datasets. Search or filter to reach the others." in page


def test_the_site_bears_the_brand_and_leads_to_the_other_language(client, publisher, settings, tmp_path):
    own = tmp_path / "brand.toml"
    own.write_text('[name]\nen = "Data of Elsewhere"\nfr = "Données d’ailleurs"\n', "utf-8")
    settings.BRAND_FILE = str(own)

    english = client.get("/en/admin/datasets/dataset/?q=a").content.decode()
    french = client.get("/fr/admin/datasets/dataset/").content.decode()

    assert "Data of Elsewhere: administration" in english
    assert 'href="/fr/admin/datasets/dataset/?q=a" lang="fr"' in english
    assert "Données d’ailleurs" in french
    assert "Django" not in english + french


def test_the_password_is_changed_on_the_page_of_the_account(client, publisher):
    assert client.get("/en/admin/password_change/").url == reverse("account_change_password")


@pytest.mark.parametrize(
    "text",
    ["housing starts", "HOUSING", "mises en chantier", "draft-of", "draft-of-housing", "{pk}"],
)
def test_staff_find_drafts_by_title_slug_and_identifier(client, publisher, text):
    draft = DatasetFactory(name="draft-of-housing")
    DatasetFactory(title_en="Fish", title_fr="Poissons", name="fish")

    page = client.get(address(Dataset), {"q": text.format(pk=draft.pk)})

    assert list(page.context["cl"].result_list) == [draft]


def test_staff_find_what_is_public_through_the_index(client, publisher, monkeypatch):
    found, _ = DatasetFactory(published=True), DatasetFactory(published=True)
    hits = type("Hits", (), {"ids": (str(found.pk),)})
    monkeypatch.setattr(
        "datasets.selectors.staff_search.engine", lambda: type("Engine", (), {"find": lambda self, query: hits})()
    )

    assert list(client.get(address(Dataset), {"q": "housing"}).context["cl"].result_list) == [found]


def test_a_list_is_filtered_by_publisher_without_losing_the_rest(client, publisher):
    one, other = DatasetFactory(), DatasetFactory()
    page = client.get(address(Dataset), {"owner_org__id__exact": one.owner_org_id, "state": "draft"})

    assert list(page.context["cl"].result_list) == [one]
    assert f'<option value="{one.owner_org_id}" selected>' in page.content.decode()
    assert '<input type="hidden" name="state" value="draft">' in page.content.decode()
    assert other.name not in page.content.decode()


def form_of(client, url, /, **changes):
    """What the page's form would send, with changes."""
    page = client.get(url)
    form = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    fields = [(form, name) for name in form.fields]
    for formset in formsets:
        fields += [(formset.management_form, name) for name in formset.management_form.fields]
        fields += [(each, name) for each in formset.forms for name in each.fields]
    data = {}
    for holder, name in fields:
        value = holder[name].value()
        data[holder[name].html_name] = "" if value is None else value
    return data | changes


def test_a_record_is_written_through_the_service(client, publisher):
    organization = OrganizationFactory()
    url = address(Dataset, "add")
    said = {
        "name": "rivers",
        "owner_org": organization.pk,
        "title_en": "Rivers",
        "title_fr": "Rivières",
        "keywords_en": "water\n\nice",
    }

    assert client.post(url, form_of(client, url, **said)).status_code == 302

    dataset = Dataset.objects.get(name="rivers")
    assert (dataset.keywords_en, dataset.keywords_fr, dataset.version, dataset.state) == (["water", "ice"], [], 1, "draft")
    assert dataset.content_hash
    assert sentence_of(of(dataset).last()) == f"{publisher} wrote the record “{dataset.title}”"
    assert dataset.versions.get().actor == publisher


def test_a_change_keeps_what_services_own_and_writes_one_version(client, draft, publisher):
    url = address(Dataset, "change", draft.pk)
    data = form_of(client, url, title_en="New", subject=["health_and_safety"], state="published", version="77")

    assert client.post(url, data).status_code == 302

    draft.refresh_from_db()
    assert (draft.title_en, draft.subject, draft.state, draft.version) == ("New", ["health_and_safety"], "draft", 2)
    assert client.post(url, form_of(client, url)).status_code == 302
    assert Version.objects.filter(dataset=draft).count() == 2, "nothing was changed, so nothing is written"


def test_a_form_offers_labels_and_refuses_strange_codes(client, draft):
    url = address(Dataset, "change", draft.pk)

    page = client.get("/fr" + url.removeprefix("/en")).content.decode()
    answer = client.post(url, form_of(client, url, subject=["nothing_of_the_kind"]))

    assert ">Économie et industrie</option>" in page
    assert "nothing_of_the_kind" in str(answer.context["adminform"].form.errors["subject"])


def test_both_languages_stand_side_by_side_and_say_which_they_are(client, draft):
    page = client.get(address(Dataset, "change", draft.pk)).content.decode()

    assert "Title (in English):" in page
    assert "Title (in French):" in page
    assert 'name="notes_fr" cols="40" rows="10" class="vLargeTextField" lang="fr"' in page


@pytest.mark.parametrize("typed", ['"text"', "[1]", "{", '{"type": "Point", "coordinates": "x"}'])
def test_what_is_no_object_is_refused(client, draft, typed):
    url = address(Dataset, "change", draft.pk)

    answer = client.post(url, form_of(client, url, spatial=typed, contact_information=typed if "Point" not in typed else ""))

    assert "spatial" in answer.context["adminform"].form.errors


def relationship(**columns):
    row = {"kind": "continues", "related_type": "dataset", "target": "", "url": "", "url_fr": "", "id": ""} | columns
    return {f"relationships-0-{name}": value for name, value in row.items()} | {"relationships-TOTAL_FORMS": "1"}


def test_relationships_are_written_with_their_record(client, draft):
    target, url = DatasetFactory(), address(Dataset, "change", draft.pk)

    client.post(url, form_of(client, url) | relationship(target=target.pk))

    assert draft.relationships.get().target == target
    assert Version.objects.filter(dataset=draft).count() == 2


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({}, "needs a dataset of the catalogue or an address"),
        ({"url": "javascript:alert(1)"}, "begins with http://"),
        ({"target": "itself"}, "not related to itself"),
    ],
)
def test_a_relationship_to_nowhere_is_refused_in_words(client, draft, columns, reason):
    url = address(Dataset, "change", draft.pk)
    columns = {name: draft.pk if value == "itself" else value for name, value in columns.items()}

    answer = client.post(url, form_of(client, url) | relationship(**columns))

    assert reason in answer.content.decode()
    assert not draft.relationships.exists()


def test_resources_are_written_through_the_record(client, draft, publisher):
    url = address(Resource, "add")
    data = form_of(client, url, dataset=draft.pk, name_en="Table", format="CSV", url="https://example.org/a.csv")
    assert client.post(url, data).status_code == 302
    resource = draft.resources.get()
    draft.refresh_from_db()
    assert (draft.openness, draft.version) == (3, 2)

    change = address(Resource, "change", resource.pk)
    refused = client.post(change, form_of(client, change, url="javascript:alert(1)"))
    assert "begins with http://" in refused.content.decode()
    assert client.post(change, form_of(client, change, format="XLSX")).status_code == 302
    draft.refresh_from_db()
    assert (draft.openness, draft.version) == (2, 3)

    assert client.post(address(Resource, "delete", resource.pk), {"post": "yes"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.resources.count(), draft.version) == (0, 4)


def test_a_public_record_is_withdrawn_with_a_reason_and_restored(client, publisher):
    dataset = released_dataset()
    unexplained = act(client, "withdraw", dataset, confirmed="1", reason_en="Wrong")
    assert unexplained.status_code == 422
    assert Dataset.objects.published().exists()
    act(client, "withdraw", dataset, confirmed="1", reason_en="Wrong", reason_fr="Faux")
    dataset.refresh_from_db()
    assert (dataset.state, dataset.withdrawal_reason_fr) == ("withdrawn", "Faux")

    act(client, "restore", dataset)
    assert Dataset.objects.published().exists()
    assert [activity.verb for activity in of(dataset)][:3] == ["dataset.restore", "dataset.withdraw", "revision.release"]
    assert "withdrew the dataset" in client.get(address(Dataset, "history", dataset.pk)).content.decode()


def test_what_a_service_refuses_is_said_and_the_others_are_done(client, draft):
    public = released_dataset()

    page = act(client, "withdraw", draft, public, confirmed="1", reason_en="Wrong", reason_fr="Faux").content.decode()

    assert "1 dataset is withdrawn." in page
    assert "cannot become “Withdrawn”" in page


def test_what_was_public_is_read_here_and_changed_by_a_revision(client, publisher):
    dataset = released_dataset()
    resource, revision = dataset.resources.get(), Revision.objects.get()
    Revision.objects.update(state="editing")

    pages = [address(Dataset, "change", dataset.pk), address(Resource, "change", resource.pk)]
    for page in pages:
        assert not client.get(page).context["adminform"].form.fields
        assert client.post(page, {"title_en": "Other"}).status_code == 403
    assert client.post(address(Resource, "delete", resource.pk), {"post": "yes"}).status_code == 403
    assert f'href="{revision.get_absolute_url()}"' in client.get(pages[0]).content.decode()

    add = address(Resource, "add")
    refused = client.post(add, form_of(client, add, dataset=dataset.pk, url="https://example.org/a.csv"), follow=True)
    assert "This record is not a draft" in refused.content.decode()


def test_an_edit_here_makes_a_sign_off_lapse(client, publisher):
    people = people_of(OrganizationFactory())
    revision = signed(begun(people), people)
    url = address(Dataset, "change", revision.dataset.pk)

    client.post(url, form_of(client, url, title_en="Other"))

    revision.refresh_from_db()
    assert (revision.state, revision.signed_hash) == ("editing", "")
    assert publisher in revision.writers.all()


def test_no_more_than_a_hundred_at_once(client, draft, monkeypatch):
    monkeypatch.setattr("opengov.administration.MOST_AT_ONCE", 1)

    public = DatasetFactory.create_batch(2, published=True)

    page = act(client, "withdraw", *public, confirmed="1", reason_en="Wrong", reason_fr="Faux").content.decode()

    assert "Please choose 1 at most." in page
    assert Dataset.objects.published().count() == 2


def test_the_page_of_a_row_offers_what_makes_sense_for_it(client, draft):
    public = client.get(address(Dataset, "change", DatasetFactory(published=True).pk)).content.decode()
    page = client.get(address(Dataset, "change", draft.pk)).content.decode()

    assert 'name="action" value="withdraw"' in public
    assert 'name="action" value="restore"' not in public
    assert 'name="action"' not in page


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_those_who_only_read_get_neither_actions_nor_forms(client, role):
    dataset = DatasetFactory(published=True)
    client.force_login(staff(role))

    assert client.get(address(Dataset, "add")).status_code == 403
    assert client.post(address(Dataset, "change", dataset.pk), {"title_en": "Mine"}).status_code == 403
    act(client, "withdraw", dataset, confirmed="1", reason_en="Wrong", reason_fr="Faux")
    assert 'value="withdraw"' not in client.get(address(Dataset, "change", dataset.pk)).content.decode()
    assert Dataset.objects.published().exists()


def test_the_slug_of_what_was_public_stays(client, publisher):
    dataset = DatasetFactory(published=True)

    assert "name" not in client.get(address(Dataset, "change", dataset.pk)).context["adminform"].form.fields


def test_an_enquiry_is_taken_answered_and_mailed(client, mailoutbox, django_capture_on_commit_callbacks):
    moderator = staff("moderator")
    client.force_login(moderator)
    enquiry, url = EnquiryFactory(), None
    url = address(Enquiry, "change", enquiry.pk)

    act(client, "take", enquiry)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.taken_by) == ("in_progress", moderator)

    assert "This field is required" in client.post(url, {"answer": ""}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"answer": "In the table of 2025.", "state": "closed"})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answered_by) == ("answered", moderator)
    assert "In the table of 2025." in mailoutbox[0].body
    assert list(client.get(url).context["adminform"].form.fields) == [], "what was answered stays as it is"


def test_an_enquiry_is_closed_with_a_reason(client):
    client.force_login(staff("moderator"))
    enquiry = EnquiryFactory()

    act(client, "close", enquiry, confirmed="1", note="Advertising")

    enquiry.refresh_from_db()
    assert enquiry.state == "closed"
    assert of(enquiry).get().note == "Advertising"


def test_an_organization_is_changed_and_the_index_hears_of_it(client, administrator):
    dataset = DatasetFactory()
    organization, successor = dataset.owner_org, OrganizationFactory()
    OutboxEntry.objects.all().delete()
    url = address(Organization, "change", organization.pk)

    client.post(url, form_of(client, url, title_fr="Pêches", former_acronyms="MPO\nDFO", successors=[successor.pk]))

    organization.refresh_from_db()
    assert (organization.title_fr, organization.former_acronyms) == ("Pêches", ["MPO", "DFO"])
    assert list(organization.successors.all()) == [successor]
    logged = of(organization).get()
    assert set(logged.details["fields"]) == {"title_fr", "former_acronyms", "successors"}
    assert str(dataset.pk) in OutboxEntry.objects.values_list("object_id", flat=True)
    client.post(url, form_of(client, url))
    assert of(organization).count() == 1, "nothing was changed, so nothing is logged"


def test_a_term_of_ones_own_is_written_and_one_of_the_portal_only_retired(client, administrator):
    url = address(Term, "add")
    client.post(url, form_of(client, url, vocabulary="subject", code="own", label_en="Own", label_fr="Le sien"))
    assert Term.objects.get(code="own").label_fr == "Le sien"

    shipped = Term.objects.filter(vocabulary="subject").first()
    page = client.get(address(Term, "change", shipped.pk))
    assert list(page.context["adminform"].form.fields) == ["is_active"]
    client.post(address(Term, "change", shipped.pk), {})
    shipped.refresh_from_db()
    assert not shipped.is_active
    assert of(shipped).get().details["fields"] == ["is_active"]


def test_an_account_is_suspended_with_a_reason_and_its_person_is_signed_out(client, administrator):
    person, theirs = UserFactory(), client.__class__()
    theirs.force_login(person)

    act(client, "suspend", person)
    assert get_user(theirs).is_authenticated, "a reason is asked first"
    act(client, "suspend", person, confirmed="1", reason="Spam")
    person.refresh_from_db()
    assert not person.is_active
    assert not get_user(theirs).is_authenticated
    assert of(person)[0].note == "Spam"

    act(client, "reinstate", person)
    assert get_user(theirs).is_authenticated


def test_nobody_suspends_themselves_or_the_last_administrator(client, administrator):
    page = act(client, "suspend", administrator, confirmed="1", reason="x").content.decode()
    assert "Nobody can suspend their own account." in page

    client.force_login(staff("operator"))
    assert "Appoint another one first" in act(client, "suspend", administrator, confirmed="1", reason="x").content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_administrators_leave_operators_alone(client, administrator):
    operator = staff("operator")

    assert act(client, "suspend", operator, confirmed="1", reason="x").status_code == 403
    operator.refresh_from_db()
    assert operator.is_active


def test_roles_end_and_invitations_are_sent_again_or_withdrawn(client, administrator):
    membership, appointment, invitation = MembershipFactory(), AppointmentFactory(role="author"), InvitationFactory()
    token = invitation.token_hash

    act(client, "end", membership)
    act(client, "end", appointment)
    act(client, "resend", invitation)
    invitation.refresh_from_db()
    assert invitation.token_hash != token
    act(client, "revoke", invitation)
    invitation.refresh_from_db()

    assert not Membership.objects.exists()
    assert list(PortalAppointment.objects.values_list("user", flat=True)) == [administrator.pk]
    assert invitation.revoked_at
    assert "portal needs an administrator" in act(client, "end", PortalAppointment.objects.get()).content.decode()


@pytest.mark.parametrize(
    "role", ["person", "member", "stranger", "publisher", "moderator", "author", "administrator", "operator"]
)
def test_rule_and_queryset_agree_on_who_sees_which_dataset(role):
    soon = timezone.now() + dt.timedelta(days=1)
    datasets = [DatasetFactory(), DatasetFactory(published=True), DatasetFactory(published=True, visible_from=soon)]
    datasets += [
        DatasetFactory(withdrawn=True),
        DatasetFactory(owner_org=None, org_title_at_publication_en="", org_title_at_publication_fr=""),
    ]
    makers = {
        "person": UserFactory,
        "member": lambda: MembershipFactory(organization=datasets[0].owner_org).user,
        "stranger": lambda: MembershipFactory().user,
    }
    user = makers[role]() if role in makers else staff(role)

    assert {each for each in datasets if user.has_perm("datasets.view_dataset", each)} == {*Dataset.objects.visible_to(user)}

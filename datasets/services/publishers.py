"""Which organization a record's publisher is: matched, or made."""

from uuid import UUID, uuid5

from django.utils.text import slugify

from accounts.models import Organization

from ..incoming import Publisher

NAMESPACE = UUID("7a1d4f7e-3f0e-5d53-9b53-0d8b4f0c3a10")  # of organizations that have no identifier at their source
MAX_TITLE = 400


def made_id(name: str) -> UUID:
    """The identifier of an organization that was made for a record, which knew no other of it."""
    return uuid5(NAMESPACE, name)


class Publishers:
    """The organizations by identifier, slug and titles, kept while an import runs. Made ones are counted in `made`."""

    def __init__(self) -> None:
        self.made: set[str] = set()
        self.forget()

    def forget(self) -> None:
        """Read them anew: after a transaction that may have made some was rolled back."""
        self._by_id: dict[UUID, dict[str, str]] = {}
        self._by_name: dict[str, UUID] = {}
        self._by_title: dict[str, UUID] = {}
        for pk, name, *titles in Organization.objects.values_list("pk", "name", "title_en", "title_fr"):
            self._note(pk, name, *titles)

    def titles(self, pk: UUID | None) -> dict[str, str]:
        """The titles of an organization, by language."""
        return self._by_id.get(pk, {}) if pk else {}

    def resolve(self, publisher: Publisher | None) -> UUID | None:
        """The identifier of the organization, which is made where none matches; `None` where too little is known of it."""
        return (self.find(publisher) or self._make(publisher)) if publisher else None

    def find(self, publisher: Publisher) -> UUID | None:
        """The identifier of an organization that is there: by its identifier, slug or title."""
        if publisher.id in self._by_id:
            return publisher.id
        if publisher.name in self._by_name:
            return self._by_name[publisher.name]
        for title in (publisher.title_en, publisher.title_fr):
            if title.casefold() in self._by_title:
                return self._by_title[title.casefold()]
        return None

    def _make(self, publisher: Publisher) -> UUID | None:
        title_en, title_fr = (title[:MAX_TITLE] for title in (publisher.title_en, publisher.title_fr))
        name = slugify(publisher.name or title_en or title_fr)[:100]
        if not name:
            return None
        if name in self._by_name:
            return self._by_name[name]
        organization = Organization(pk=publisher.id or made_id(name), name=name)
        organization.title_en, organization.title_fr = title_en or title_fr or publisher.name, title_fr
        organization.save(force_insert=True)
        self.made.add(name)
        self._note(organization.pk, name, organization.title_en, organization.title_fr)
        return organization.pk

    def _note(self, pk: UUID, name: str, title_en: str | None, title_fr: str | None) -> None:
        self._by_id[pk] = {"en": title_en or "", "fr": title_fr or ""}
        self._by_name[name] = pk
        for title in (title_en, title_fr):
            if title:
                self._by_title.setdefault(title.casefold(), pk)

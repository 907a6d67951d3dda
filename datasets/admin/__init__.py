"""The staff's pages of the catalogue: each module registers its models."""

from . import counts, datasets, enquiries, organizations, resources, revisions, terms, versions

__all__ = ["counts", "datasets", "enquiries", "organizations", "resources", "revisions", "terms", "versions"]

"""The staff's pages of the catalogue: each module registers its models."""

from . import counts, datasets, enquiries, follows, organizations, resources, revisions, taking_part, terms, versions

__all__ = [
    "counts",
    "datasets",
    "enquiries",
    "follows",
    "organizations",
    "resources",
    "revisions",
    "taking_part",
    "terms",
    "versions",
]

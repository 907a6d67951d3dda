from .hints import HintSalt, Invalidation, TrustedNetwork, VoteHint
from .human_checks import HumanCheck, UsedChallenge
from .moderated import Moderated, ModeratedQuerySet
from .removals import TrailRemoval
from .vote_log import ChainLink, ChainSeal, VoteEvent
from .votes import AbstractVote, Votable, VoteQuerySet

__all__ = [
    "AbstractVote",
    "ChainLink",
    "ChainSeal",
    "HintSalt",
    "HumanCheck",
    "Invalidation",
    "Moderated",
    "ModeratedQuerySet",
    "TrailRemoval",
    "TrustedNetwork",
    "UsedChallenge",
    "Votable",
    "VoteEvent",
    "VoteHint",
    "VoteQuerySet",
]

from .comments import AbstractComment, CommentQuerySet
from .follows import AbstractFollow
from .hints import HintSalt, Invalidation, TrustedNetwork, VoteHint
from .human_checks import HumanCheck, UsedChallenge
from .moderated import Moderated, ModeratedQuerySet
from .ratings import AbstractRating, AbstractScore
from .removals import TrailRemoval
from .reports import Report, ReportQuerySet
from .vote_log import ChainLink, ChainSeal, Proof, VoteEvent
from .votes import AbstractVote, Votable, VoteQuerySet

__all__ = [
    "AbstractComment",
    "AbstractFollow",
    "AbstractRating",
    "AbstractScore",
    "AbstractVote",
    "ChainLink",
    "ChainSeal",
    "CommentQuerySet",
    "HintSalt",
    "HumanCheck",
    "Invalidation",
    "Moderated",
    "ModeratedQuerySet",
    "Proof",
    "Report",
    "ReportQuerySet",
    "TrailRemoval",
    "TrustedNetwork",
    "UsedChallenge",
    "Votable",
    "VoteEvent",
    "VoteHint",
    "VoteQuerySet",
]
